using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>How far depth and cameras are from explaining where the flow saw one static pixel go.</summary>
/// <param name="FlowPixels">Distance between predicted and measured target, training-size pixels.</param>
/// <param name="LogDepth">|log z - log z'|: depth carried to the other frame against the depth there.</param>
public readonly record struct StaticResidual(double FlowPixels, double LogDepth)
{
    /// <summary>The residual at pixel y * W + x of frame <see cref="DirectedFlow.From"/>.</summary>
    /// <param name="secondFromFirst">Camera of the flow's target frame from that of its source frame.</param>
    /// <param name="correction">Log correction by frame; null for the prior itself.</param>
    /// <returns>Null where the flow is not valid or the point lies behind the second camera.</returns>
    public static StaticResidual? At(TrainingClip clip, DirectedFlow flow, RigidTransform secondFromFirst, int pixel,
        IReadOnlyList<FrameCorrection>? correction)
    {
        int x = pixel % clip.Width, y = pixel / clip.Width;
        if (!flow.TryTarget(x, y, out var tx, out var ty)) return null;
        var depth = Math.Exp(clip.LogPriorDepth[flow.From][pixel] + (correction?[flow.From].At(x, y, 0) ?? 0));
        var p = secondFromFirst.Apply(clip.Intrinsics.Unproject(x, y, depth));
        if (!(p.Z >= PinholeTensors.NearestDepth)) return null;
        var (u, v) = clip.Intrinsics.Project(p);
        var there = LogPriorAt(clip, flow.To, tx, ty) + (correction?[flow.To].At(tx, ty, 0) ?? 0);
        return new StaticResidual(Math.Sqrt(((u - tx) * (u - tx)) + ((v - ty) * (v - ty))), Math.Abs(Math.Log(p.Z) - there));
    }

    private static double LogPriorAt(TrainingClip clip, int frame, double x, double y)
    {
        var map = clip.LogPriorDepth[frame];
        int x0 = Math.Min((int)x, clip.Width - 2), y0 = Math.Min((int)y, clip.Height - 2), i = (y0 * clip.Width) + x0;
        double a = x - x0, b = y - y0;
        return ((1 - b) * (((1 - a) * map[i]) + (a * map[i + 1])))
            + (b * (((1 - a) * map[i + clip.Width]) + (a * map[i + clip.Width + 1])));
    }
}
