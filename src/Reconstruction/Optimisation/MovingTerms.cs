using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The residuals of moving pixels, forward in time: a point, carried by the scene-flow field, must land where the flow saw it land, at the
/// depth the other frame has there; its motion should be even; and its correction stays near zero.
/// </summary>
internal sealed class MovingTerms(TrainingClip clip, FieldSettings settings, SceneFlowField motion, DepthCorrection? field, Device device)
{
    /// <summary>Log corrections below this are as good as none.</summary>
    private const double AnchorKnee = 0.02;

    /// <param name="warmup">Depth stays at the prior and flow residuals are squared.</param>
    public LossTerms Evaluate(MovingBatch batch, int first, int count, bool warmup)
    {
        var values = tensor(batch.Values, [batch.Rows, batch.Count], device: device);
        Tensor Row(int r) => values.select(0, r);
        var correction = warmup ? null
            : field!.At(Row(MovingBatch.X1), Row(MovingBatch.Y1), Row(MovingBatch.Frame1), first, count);
        var logDepth = correction is null ? Row(MovingBatch.LogDepth1) : Row(MovingBatch.LogDepth1).add(correction);
        var point = values.narrow(0, MovingBatch.Ray, 3).mul(logDepth.exp()).add(values.narrow(0, MovingBatch.Center, 3)); // [3, M]
        var still = point.detach();
        var path = motion.Unroll(still.t(), Row(MovingBatch.Time).unsqueeze(1), 1.0 / clip.Frames, batch.Gaps[^1]);
        var forFlow = point.mul(settings.MovingFlowToDepth).add(still.mul(1 - settings.MovingFlowToDepth));

        Tensor flowSum = zeros_like(logDepth), depthSum = zeros_like(logDepth), weights = zeros_like(logDepth);
        for (var g = 0; g < batch.Gaps.Count; g++)
        {
            var moved = path.Totals[batch.Gaps[g] - 1].t();
            var (flow, depth, weight) = Target(values, MovingBatch.TargetRow(g), forFlow.add(moved), point.add(moved), first, count, warmup);
            flowSum = flowSum.add(flow);
            depthSum = depthSum.add(depth);
            weights = weights.add(weight);
        }

        var total = weights.sum().clamp_min(1);
        var (flowMean, depthMean) = (flowSum.sum().div(total), depthSum.sum().div(total));
        var acceleration = PairLosses.Acceleration(path.First, path.Second);
        var loss = flowMean.add(depthMean.mul(settings.MovingDepthWeight));
        if (correction is not null)
            loss = loss.add(acceleration.mul(settings.AccelerationWeight)).add(Anchor(correction).mul(settings.MovingAnchor));
        return new LossTerms(loss, flowMean, depthMean, acceleration, flowSum.add(depthSum), total);
    }

    /// <summary>Absolute but for the smallest corrections: one stray region must not drag the rest of an object along.</summary>
    private static Tensor Anchor(Tensor correction) => correction.square().add(AnchorKnee * AnchorKnee).sqrt().sub(AnchorKnee).mean();

    private (Tensor Flow, Tensor Depth, Tensor Weight) Target(Tensor values, int row, Tensor forFlow, Tensor forDepth,
        int first, int count, bool warmup)
    {
        Tensor Row(int r) => values.select(0, row + r);
        Tensor Axis(int axis, Tensor points) => values.narrow(0, row + MovingBatch.Rotation + (3 * axis), 3).mul(points).sum([0L])
            .add(Row(MovingBatch.Translation + axis));
        var (u, v, _, front) = PinholeTensors.Project(clip.Intrinsics, Axis(0, forFlow), Axis(1, forFlow), Axis(2, forFlow));
        var weight = Row(MovingBatch.Weight).mul(front);
        var (du, dv) = (u.sub(Row(MovingBatch.X2)), v.sub(Row(MovingBatch.Y2)));
        var flow = warmup ? du.square().add(dv.square()) : du.abs().add(dv.abs());
        var logDepth2 = Row(MovingBatch.LogDepth2);
        if (!warmup)
            logDepth2 = logDepth2.add(field!.At(Row(MovingBatch.X2), Row(MovingBatch.Y2), Row(MovingBatch.Frame2), first, count));
        var depth = Axis(2, forDepth).clamp_min(PinholeTensors.NearestDepth).log().sub(logDepth2).abs();
        return (flow.mul(weight), depth.mul(weight), weight);
    }
}
