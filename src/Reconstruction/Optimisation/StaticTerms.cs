using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The residuals of static pixels: where the cameras put a point must be where the flow saw it go, at the depth the other frame has
/// there. Without camera translation the first says nothing about depth and only the second acts.
/// </summary>
internal static class StaticTerms
{
    public static LossTerms Evaluate(StaticBatch batch, DepthCorrection field, TrainingClip clip, FieldSettings settings,
        int first, int count, Device device)
    {
        var values = tensor(batch.Values, [StaticBatch.Rows, batch.Count], device: device);
        Tensor Row(int r) => values.select(0, r);
        var c1 = field.At(Row(StaticBatch.X1), Row(StaticBatch.Y1), Row(StaticBatch.Frame1), first, count);
        var c2 = field.At(Row(StaticBatch.X2), Row(StaticBatch.Y2), Row(StaticBatch.Frame2), first, count);
        var depth1 = Row(StaticBatch.LogDepth1).add(c1).exp();
        Tensor Camera2(int axis) => depth1.mul(Row(StaticBatch.Ray + axis)).add(Row(StaticBatch.Offset + axis));
        var (u, v, z, front) = PinholeTensors.Project(clip.Intrinsics, Camera2(0), Camera2(1), Camera2(2));
        var weight = front.mul(Row(StaticBatch.Weight));
        var total = weight.sum().clamp_min(1);
        var flow = u.sub(Row(StaticBatch.X2)).abs()
            .add(v.sub(Row(StaticBatch.Y2)).abs()).mul(weight).mul(Row(StaticBatch.FlowWeight));
        var depth = z.log().sub(Row(StaticBatch.LogDepth2).add(c2)).abs().mul(weight);
        var (flowMean, depthMean) = (flow.sum().div(total), depth.sum().div(total));
        var anchor = c1.square().mean();
        var smooth = field.Roughness(first, count).mul(settings.StaticSmoothness);
        return new LossTerms(flowMean.add(depthMean.mul(settings.StaticDepthWeight)).add(anchor.mul(settings.StaticAnchor)).add(smooth),
            flowMean, depthMean, zeros([], device: device), flow.add(depth), total);
    }
}
