using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>
/// One pair a step in the published order of work (spec 2.2, 3.3, 4.2): two depth passes, an unroll of its own, the prior evaluated
/// apart and differentiated after the rest, depth computed during warm-up too. Without the published code's dead branches.
/// </summary>
internal sealed class PublishedStep : IDisposable
{
    private const double Unit = NetworkSettings.MedianDepth;
    private readonly Case _case;
    private readonly UNet _network;
    private readonly SceneFlowField _motion;
    private readonly Device _device;
    private readonly TorchSharp.Modules.Adam _depthAdam;
    private readonly TorchSharp.Modules.Adam _motionAdam;

    public PublishedStep(Case work, NetworkSettings settings)
    {
        _case = work;
        _device = ComputeDevice.Parse(settings.Device);
        _network = new UNet(settings.Seed, _device);
        _motion = new SceneFlowField(settings.Field with { LengthUnit = Unit }, settings.Seed, _device);
        _depthAdam = optim.Adam(_network.Parameters.Select(p => new TorchSharp.Modules.Parameter(p.Value.alias())), settings.DepthRate, 0.5, 0.9);
        _motionAdam = optim.Adam(_motion.Parameters.Select(p => new TorchSharp.Modules.Parameter(p.Value.alias())), settings.FieldRate, 0.5, 0.9);
    }

    /// <summary>Trains on one pair.</summary>
    public void Train(DirectedFlow flow, bool warmup)
    {
        using var scope = NewDisposeScope();
        _depthAdam.zero_grad();
        _motionAdam.zero_grad();
        var (main, prior) = Losses(flow, warmup);
        main.backward(retain_graph: prior is not null);
        prior?.backward();
        if (!warmup) _depthAdam.step();
        _motionAdam.step();
        main.item<float>(); // published training logs every step
    }

    /// <summary>Total loss of one pair, nothing trained.</summary>
    public double Loss(DirectedFlow flow, bool warmup)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (main, prior) = Losses(flow, warmup);
        return (prior is null ? main : main.add(prior)).item<float>();
    }

    public void Dispose()
    {
        _network.Dispose();
        _motion.Dispose();
    }

    private (Tensor Main, Tensor? Prior) Losses(DirectedFlow flow, bool warmup)
    {
        var clip = _case.Clip;
        var (depth1, depth2) = (Depth(flow.From, warmup), Depth(flow.To, warmup));
        var (camera1, camera2) = (Scaled(clip.CamFromWorld[flow.From]), Scaled(clip.CamFromWorld[flow.To]));
        var (flow12, valid) = Measured(flow);
        var world = PairGeometry.Unproject(clip.Intrinsics, camera1, depth1).reshape(-1, 3);
        var time = full([world.shape[0], 1], (double)flow.From / clip.Frames, dtype: ScalarType.Float32, device: _device);
        var motion = _motion.Unroll(world, time, 1.0 / clip.Frames, flow.To - flow.From, withSecond: false).Totals[^1].reshape(clip.Height, clip.Width, 3);
        var p = PairGeometry.Predict(clip.Intrinsics, camera1, camera2, depth1, depth2, motion, flow12);
        var mask = PairLosses.Mask(valid, depth1, p.DepthWarped);
        var main = PairLosses.Flow(p.Flow, flow12, mask, warmup).add(PairLosses.Disparity(p.DepthPredicted, p.DepthWarped, mask));
        if (warmup) return (main, null);
        var first = _motion.Displacement(world, time);
        return (main, PairLosses.Acceleration(first, _motion.Displacement(world.add(first), time.add(1.0 / clip.Frames))));
    }

    private Tensor Depth(int frame, bool warmup)
    {
        using var fixedDepth = warmup ? no_grad() : null;
        var rgb = tensor(_case.Rgb[frame], [1, 3, _case.Clip.Height, _case.Clip.Width], device: _device);
        return _network.Depth(rgb).squeeze(0).squeeze(0).mul(Unit);
    }

    private (Tensor Flow, Tensor Valid) Measured(DirectedFlow flow)
    {
        var (width, height) = (_case.Clip.Width, _case.Clip.Height);
        var (measured, valid) = (new float[2 * width * height], new float[width * height]);
        for (var i = 0; i < valid.Length; i++)
        {
            if (!flow.TryTarget(i % width, i / width, out var x, out var y)) continue;
            (measured[2 * i], measured[(2 * i) + 1], valid[i]) = (x - (i % width), y - (i / width), 1);
        }

        return (tensor(measured, [height, width, 2], device: _device), tensor(valid, [height, width], device: _device));
    }

    private static RigidTransform Scaled(RigidTransform camera) => camera with { Translation = camera.Translation * Unit };
}
