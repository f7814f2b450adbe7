using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>Acceptance checks E1 and E7 for whole pictures: what is shared between pairs changes no pair's losses.</summary>
public sealed class SharedLossesTests : IDisposable
{
    private static readonly NetworkSettings Settings = new()
    {
        Network = "tiny",
        Alignment = NetworkAlignment.Scale,
        UseMotionMask = false,
        MovingAnchor = 0,
        Field = new SceneFlowShape { Width = 16, Layers = 2 },
    };

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly SmallClip _clip = SmallClip.Make(10, 48, 32);

    public void Dispose() => _scope.Dispose();

    /// <summary>Frame-centric batches, prior reuse and fused geometry against the plain form of each pair, written with other code.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void E7_AFramesPairsAreWhatTheyAreAlone(bool warmup)
    {
        using var optimiser = Make(Settings);
        using var field = Copy(optimiser);
        var group = optimiser.Groups[1];
        Assert.Equal([1, 2, 4, 6, 8], group.Flows.Select(f => f.To - f.From));
        var shared = optimiser.Evaluate(group, PixelSample.All, warmup);
        for (var t = 0; t < group.Pairs; t++)
        {
            var (total, flow, disparity, acceleration) = new PlainPair(_clip.Clip, Settings, field).Evaluate(group.Flows[t], optimiser.Depth([group.Frame])[0],
                optimiser.Depth([group.Flows[t].To])[0], warmup);
            Near(total, shared.Total[t]);
            Near(flow, shared.Flow[t]);
            Near(disparity, shared.Depth[t]);
            Near(warmup ? zeros([]) : acceleration, shared.Acceleration);
        }
    }

    [Fact]
    public void E7_PairsInPartsAndInWindowsOfOneAreTheSame()
    {
        using var optimiser = Make(Settings);
        var group = optimiser.Groups[0];
        var shared = optimiser.Evaluate(group, PixelSample.All, false);
        var parts = group.Split(2).Select(p => optimiser.Evaluate(p, PixelSample.All, false).Total);
        Near(cat([.. parts], 0), shared.Total);
    }

    /// <summary>The same pixels in another order give the same losses; a share of them nearly so.</summary>
    [Fact]
    public void E7_SampledPixelsStandForThePicture()
    {
        using var optimiser = Make(Settings);
        var group = optimiser.Groups[0];
        var whole = optimiser.Evaluate(group, PixelSample.All, false);
        var order = Enumerable.Range(0, 48 * 32).Select(i => (long)(i * 7 % (48 * 32))).ToArray();
        var all = new PixelSample(tensor(order, [order.Length]), ones([order.Length]));
        Near(optimiser.Evaluate(group, all, false).Total, whole.Total);

        var half = Settings with { PixelShare = 0.5 };
        var samples = Enumerable.Range(0, 20).Select(s => optimiser.Evaluate(group, PixelSample.Draw(_clip.Clip, group.Frame, half, s, CPU), false).Total.detach()).ToArray();
        var mean = stack(samples, 0).mean([0L]);
        Assert.InRange(mean.div(whole.Total).sub(1).abs().max().item<float>(), 0, 0.05);
    }

    [Fact]
    public void E7_DepthKeptDuringWarmupIsTheNetworks()
    {
        var network = new TinyNetwork();
        using var optimiser = new NetworkOptimiser(_clip.Clip, _clip.Pictures, network, Settings with { Epochs = 2, WarmupEpochs = 2 });
        var before = network.Pictures;
        optimiser.Run(optimiser.TotalSteps, null, CancellationToken.None);
        Assert.Equal(10, network.Pictures - before);
        Near(optimiser.Evaluate(optimiser.Groups[0], PixelSample.All, true).Flow, MeanSquares(optimiser));
    }

    [Fact]
    public void E1_AConstantFieldMovesByItsStepsAndDoesNotAccelerate()
    {
        using var optimiser = Make(Settings);
        using (no_grad())
        {
            foreach (var (name, value) in optimiser.Weights[1].Arrays)
            {
                value.zero_();
                if (name == "convs.3.conv.bias") value.copy_(tensor(new[] { 1f, -2, 3 }, [3]));
            }
        }

        Assert.Equal(0, optimiser.Evaluate(optimiser.Groups[0], PixelSample.All, false).Acceleration.item<float>());
    }

    /// <summary>bfloat16 layers round at 2^-8: the displacement agrees to that, and gradients reach float32 weights.</summary>
    [Fact]
    public void ReducedPrecisionStaysClose()
    {
        var shape = new SceneFlowShape { Width = 32, Layers = 2 };
        using var full = new SceneFlowField(shape, 1, CPU);
        using var reduced = new SceneFlowField(shape with { ReducedPrecision = true }, 1, CPU);
        var (x, t) = (rand([200, 3]), rand([200, 1]));
        var (a, b) = (full.Displacement(x, t), reduced.Displacement(x, t));
        Assert.InRange(b.sub(a).norm().div(a.norm()).item<float>(), 1e-5, 0.02);
        b.square().sum().backward();
        Assert.Equal(ScalarType.Float32, reduced.Parameters[0].Value.grad!.dtype);
        Assert.True(reduced.Parameters[0].Value.grad!.abs().sum().item<float>() > 0);
    }

    private NetworkOptimiser Make(NetworkSettings settings) => new(_clip.Clip, _clip.Pictures, new TinyNetwork(), settings);

    private static SceneFlowField Copy(NetworkOptimiser optimiser)
    {
        var copy = new SceneFlowField(Settings.Field with { LengthUnit = NetworkSettings.MedianDepth }, 99, CPU);
        using var frozen = no_grad();
        foreach (var (to, from) in copy.Parameters.Zip(optimiser.Weights[1].Arrays)) to.Value.copy_(from.Value);
        return copy;
    }

    private Tensor MeanSquares(NetworkOptimiser optimiser)
    {
        using var field = Copy(optimiser);
        var group = optimiser.Groups[0];
        return stack([.. group.Flows.Select(f => new PlainPair(_clip.Clip, Settings, field)
            .Evaluate(f, optimiser.Depth([f.From])[0], optimiser.Depth([f.To])[0], true).Flow)], 0);
    }

    private static void Near(Tensor expected, Tensor actual) =>
        Assert.InRange(actual.sub(expected).abs().div(expected.abs().add(1)).max().item<float>(), 0, 1e-5);
}
