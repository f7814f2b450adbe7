using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>Counts what the whole process holds, so nothing may run beside it.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

[Collection("alone")]
public sealed class TrainingMemoryTests
{
    [Fact]
    public async Task FiveHundredStepsKeepMemoryFlat()
    {
        var clip = TruthClip.Make(10, PriorError.Noisy).Clip;
        var settings = new FieldSettings { WarmupSteps = 100, JointSteps = 500, StaticSamples = 2000, MovingPointsPerFrame = 8, FieldWidth = 16, FieldLayers = 1 };
        await TorchThread.Run(() =>
        {
            using var optimiser = new FieldOptimiser(clip, settings);
            optimiser.Run(200, null, CancellationToken.None);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var (tensors, memory) = (TorchRuntime.LiveTensors, Environment.WorkingSet);
            optimiser.Run(600, null, CancellationToken.None);
            GC.Collect();
            Assert.Equal(tensors, TorchRuntime.LiveTensors);
            Assert.InRange(Environment.WorkingSet, 0, 1.05 * memory);
            return 0;
        });
    }
}
