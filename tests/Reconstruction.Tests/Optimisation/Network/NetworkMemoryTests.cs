using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>Counts what the whole process holds, so nothing may run beside it.</summary>
[Collection("alone")]
public sealed class NetworkMemoryTests
{
    [Fact]
    public async Task StepsOfEveryPhaseKeepMemoryFlat()
    {
        var clip = SmallClip.Make(9, 32, 32);
        var settings = new NetworkSettings
        {
            Network = "tiny",
            Alignment = NetworkAlignment.Scale,
            FitSteps = 40,
            Epochs = 50,
            WarmupEpochs = 10,
            PixelShare = 0.5,
            Field = new SceneFlowShape { Width = 8, Layers = 1 },
        };
        await TorchThread.Run(() =>
        {
            using var optimiser = new NetworkOptimiser(clip.Clip, clip.Pictures, new TinyNetwork(), settings);
            long Live(int untilStep)
            {
                optimiser.Run(untilStep, null, CancellationToken.None);
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return TorchRuntime.LiveTensors;
            }

            var (fit, warmup, joint) = (Live(20), Live(60), Live(140));
            var memory = Environment.WorkingSet;
            Assert.Equal(joint, Live(400));
            Assert.InRange(warmup, fit, fit + 60); // gradients of the scene flow, kept depth
            Assert.InRange(Environment.WorkingSet, 0, 1.05 * memory);
            return 0;
        }, threads: 1);
    }
}
