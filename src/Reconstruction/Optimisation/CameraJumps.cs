using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Cameras that jump (spec 9.10): steps of more than ten times the median step that the flow contradicts. Pairs of frames across such a
/// jump would teach wrong depth. A large step alone is no fault: hand-held cameras rest and then move.
/// </summary>
/// <param name="Steps">First frames i of the steps i to i + 1 that are wrong, ascending.</param>
/// <param name="Pairs">Pairs (from, to) across them whose flow the cameras explain worse than a camera at rest would.</param>
public sealed record CameraJumps(IReadOnlyList<int> Steps, IReadOnlySet<(int From, int To)> Pairs)
{
    private const double LargestOverMedian = 10;
    private const int PixelStride = 7;
    private const int FewestPixels = 30;

    /// <summary>Residuals below this are the flow's own error, training-size pixels.</summary>
    private const double FlowErrorPixels = 1;

    /// <param name="cameras">In the prior's depth unit.</param>
    /// <param name="depth">Prior depth z, [frame][y * W + x], the size of the flow.</param>
    /// <param name="moving">[frame][y * W + x].</param>
    public static CameraJumps Find(CameraTrack cameras, int width, int height, float[][] depth, bool[][] moving, IReadOnlyList<DirectedFlow> flows)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        var poses = cameras.Frames.Select(f => cameras.Motion == CameraMotion.Parallax
            ? f.CamFromWorld : f.CamFromWorld with { Translation = Vec3.Zero }).ToArray();
        var large = LargeSteps(poses);
        if (large.Count == 0) return new CameraJumps([], new HashSet<(int, int)>());
        var k = cameras.Intrinsics.ScaledTo(width, height);
        var contradicted = flows.AsParallel().AsOrdered().Where(f => large.Exists(s => Crosses(f, s))
            && Contradicts(k, poses[f.To] * poses[f.From].Inverse(), f, depth[f.From], moving[f.From])).ToList();
        // The shortest contradicted pairs tell which of the steps are wrong: longer ones cross good steps as well.
        var steps = large.Where(s => contradicted.Exists(f => Crosses(f, s) && !contradicted.Exists(g => Gap(g) < Gap(f) && Within(g, f)))).ToList();
        return new CameraJumps(steps, contradicted.Select(f => (f.From, f.To)).ToHashSet());
    }

    private static List<int> LargeSteps(RigidTransform[] poses)
    {
        var steps = Enumerable.Range(0, poses.Length - 1).Select(i => (
            Way: (poses[i + 1].Center - poses[i].Center).Length,
            Turn: Rotations.AngleBetween(poses[i].Rotation, poses[i + 1].Rotation))).ToArray();
        if (steps.Length == 0) return [];
        var (way, turn) = (OrderStatistics.UpperMedian(steps.Select(s => s.Way)), OrderStatistics.UpperMedian(steps.Select(s => s.Turn)));
        return [.. Enumerable.Range(0, steps.Length).Where(i => steps[i].Way > LargestOverMedian * way || steps[i].Turn > LargestOverMedian * turn)];
    }

    /// <summary>Whether a camera at rest would explain the flow of static pixels better than these cameras do.</summary>
    private static bool Contradicts(Intrinsics k, RigidTransform secondFromFirst, DirectedFlow flow, float[] depth, bool[] moving)
    {
        var (residuals, motions) = (new List<double>(), new List<double>());
        for (var i = 0; i < depth.Length; i += PixelStride)
        {
            int x = i % k.Width, y = i / k.Width;
            if (moving[i] || !flow.TryTarget(x, y, out var tx, out var ty)) continue;
            var p = secondFromFirst.Apply(k.Unproject(x, y, depth[i]));
            var (u, v) = p.Z > 0 ? k.Project(p) : (double.PositiveInfinity, 0);
            residuals.Add(Math.Sqrt(((u - tx) * (u - tx)) + ((v - ty) * (v - ty))));
            motions.Add(Math.Sqrt(((x - tx) * (x - tx)) + ((y - ty) * (y - ty))));
        }

        return residuals.Count >= FewestPixels && OrderStatistics.UpperMedian(residuals) is var residual && residual > FlowErrorPixels && residual > OrderStatistics.UpperMedian(motions);
    }

    private static bool Crosses(DirectedFlow flow, int step) => Math.Min(flow.From, flow.To) <= step && step < Math.Max(flow.From, flow.To);

    private static bool Within(DirectedFlow inner, DirectedFlow outer) =>
        Math.Min(inner.From, inner.To) >= Math.Min(outer.From, outer.To) && Math.Max(inner.From, inner.To) <= Math.Max(outer.From, outer.To);

    private static int Gap(DirectedFlow flow) => Math.Abs(flow.To - flow.From);
}
