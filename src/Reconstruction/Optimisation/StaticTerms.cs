using Depth3D.Reconstruction.Cameras;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The residuals of static pixels: where the cameras put a point must be where the flow saw it go, at the depth the other frame has
/// there. Without camera translation the first says nothing about depth and only the second acts.
/// </summary>
internal static class StaticTerms
{
    public static LossTerms Evaluate(StaticBatch batch, DepthCorrection field, TrainingClip clip, FieldSettings settings,
        int first, int count, Device device, CameraCorrection? cameras = null)
    {
        var values = tensor(batch.Values, [StaticBatch.Rows, batch.Count], device: device);
        Tensor Row(int r) => values.select(0, r);
        var c1 = field.At(Row(StaticBatch.X1), Row(StaticBatch.Y1), Row(StaticBatch.Frame1), first, count);
        var c2 = field.At(Row(StaticBatch.X2), Row(StaticBatch.Y2), Row(StaticBatch.Frame2), first, count);
        var depth1 = Row(StaticBatch.LogDepth1).add(c1).exp();
        Tensor Camera2(int axis) => depth1.mul(Row(StaticBatch.Ray + axis)).add(Row(StaticBatch.Offset + axis));
        var (u, v, z, front) = cameras is null
            ? PinholeTensors.Project(clip.Intrinsics, Camera2(0), Camera2(1), Camera2(2))
            : Refined(cameras, cameras.PairsOf(batch, first, device), clip.Intrinsics, Row(StaticBatch.X1), Row(StaticBatch.Y1), depth1);
        var weight = front.mul(Row(StaticBatch.Weight));
        var total = weight.sum().clamp_min(1);
        var flow = u.sub(Row(StaticBatch.X2)).abs()
            .add(v.sub(Row(StaticBatch.Y2)).abs()).mul(weight).mul(Row(StaticBatch.FlowWeight));
        var depth = z.log().sub(Row(StaticBatch.LogDepth2).add(c2)).abs().mul(weight);
        var (flowMean, depthMean) = (flow.sum().div(total), depth.sum().div(total));
        var anchor = c1.square().mean();
        var smooth = field.Roughness(first, count).mul(settings.StaticSmoothness);
        var loss = flowMean.add(depthMean.mul(settings.StaticDepthWeight)).add(anchor.mul(settings.StaticAnchor)).add(smooth);
        if (cameras is not null) loss = loss.add(cameras.Anchor().mul(settings.CameraAnchor));
        return new LossTerms(loss, flowMean, depthMean, zeros([], device: device), flow.add(depth), total);
    }

    /// <summary>Projection into frame 2 with cameras that are parameters themselves; all inputs [M].</summary>
    public static (Tensor U, Tensor V, Tensor Z, Tensor Front) Refined(CameraCorrection cameras, Tensor pair, Intrinsics k,
        Tensor x1, Tensor y1, Tensor depth1)
    {
        var (relative, focal) = (cameras.Relative(pair), cameras.FocalFactor());
        Tensor rayX = x1.sub(k.Cx).div(k.Fx).div(focal), rayY = y1.sub(k.Cy).div(k.Fy).div(focal);
        Tensor Camera2(int axis) => relative.select(0, 3 * axis).mul(rayX).add(relative.select(0, (3 * axis) + 1).mul(rayY))
            .add(relative.select(0, (3 * axis) + 2)).mul(depth1).add(relative.select(0, 9 + axis));
        var (u, v, z, front) = PinholeTensors.Project(k, Camera2(0), Camera2(1), Camera2(2));
        return (u.sub(k.Cx).mul(focal).add(k.Cx), v.sub(k.Cy).mul(focal).add(k.Cy), z, front);
    }
}
