using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>The losses of one pair as spec 4 writes them down, nothing shared: the yardstick of check E7.</summary>
internal sealed class PlainPair(TrainingClip clip, NetworkSettings settings, SceneFlowField field)
{
    private const double Unit = NetworkSettings.MedianDepth;

    /// <param name="depth1">[H, W].</param>
    public (Tensor Total, Tensor Flow, Tensor Disparity, Tensor Acceleration) Evaluate(DirectedFlow flow, Tensor depth1, Tensor depth2, bool warmup)
    {
        var (height, width) = (clip.Height, clip.Width);
        var (measured, valid) = (new float[2 * width * height], new float[width * height]);
        for (var i = 0; i < valid.Length; i++)
        {
            if (!flow.TryTarget(i % width, i / width, out var tx, out var ty)) continue;
            (measured[2 * i], measured[(2 * i) + 1], valid[i]) = (tx - (i % width), ty - (i / width), 1);
        }

        var (camera1, camera2) = (Scaled(clip.CamFromWorld[flow.From]), Scaled(clip.CamFromWorld[flow.To]));
        var world = PairGeometry.Unproject(clip.Intrinsics, camera1, depth1).reshape(-1, 3);
        var (time, step) = (full([world.shape[0], 1], (double)flow.From / clip.Frames, dtype: ScalarType.Float32), 1.0 / clip.Frames);
        var motion = field.Unroll(world, time, step, flow.To - flow.From).Totals[^1].reshape(height, width, 3);
        var flow12 = tensor(measured, [height, width, 2]);
        var p = PairGeometry.Predict(clip.Intrinsics, camera1, camera2, depth1, depth2, motion, flow12);
        var mask = PairLosses.Mask(tensor(valid, [height, width]), depth1, p.DepthWarped);
        var first = field.Displacement(world, time);
        var acceleration = PairLosses.Acceleration(first, field.Displacement(world.add(first), time.add(step)));
        var (flowLoss, disparity) = (PairLosses.Flow(p.Flow, flow12, mask, warmup), PairLosses.Disparity(p.DepthPredicted, p.DepthWarped, mask));
        var total = flowLoss.mul(settings.FlowWeight).add(disparity.mul(settings.DisparityWeight));
        return (warmup ? total : total.add(acceleration.mul(settings.AccelerationWeight)), flowLoss, disparity, acceleration);
    }

    private static RigidTransform Scaled(RigidTransform camera) => camera with { Translation = camera.Translation * Unit };
}
