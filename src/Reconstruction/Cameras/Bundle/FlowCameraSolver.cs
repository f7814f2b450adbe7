using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// Cameras from flow alone (spec 9.11c), for clips in which features fail: rotations that follow the flow best, all depths equal, no motion; from
/// there one bundle adjustment of the whole clip, from wide to narrow residuals (Yu and Gallup 2014 start small motions so). The focal length
/// is started from several guesses where it is not known.
/// </summary>
public static class FlowCameraSolver
{
    /// <summary>Distance of the points, training-size pixels: few to choose the focal length, more for the result.</summary>
    private const int CoarseStep = 16, FineStep = 10;

    private static readonly double[] FocalGuesses = [1.2, 0.8, 1.8];
    private static readonly double[] WideScales = [8, 4, 2];
    private const double NarrowScale = 1, FinestScale = 0.5;
    private const int WideIterations = 12, NarrowIterations = 30;

    /// <summary>Points of the result move by at least this much against points at infinity, and by this many times what the cameras leave over.</summary>
    private const double FirmParallaxPixels = 2, FirmParallaxErrors = 10;

    private const double MostErrorPixels = 1.5;

    /// <param name="k">At the flow's size. Its focal length is used only where <paramref name="focalKnown"/>.</param>
    /// <param name="flowsFrom">By source frame, ascending by target.</param>
    /// <param name="isStatic">By frame, x and y.</param>
    /// <param name="smallParallax">Points whose parallax is small but well above what the cameras leave over are kept too.</param>
    /// <returns>Null where the flow leaves nothing to solve from.</returns>
    public static FlowCameras? Solve(Intrinsics k, bool focalKnown, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic,
        Action<double>? progress, CancellationToken cancellation, bool smallParallax = false)
    {
        var frames = flowsFrom.Count;
        var coarse = FlowPoints.Gather(k, flowsFrom, isStatic, CoarseStep);
        if (frames < 2 || coarse.Count == 0 || Unseen(coarse, frames)) return null;
        var adjuster = new BundleAdjuster(coarse, frames);
        double[] guesses = focalKnown ? [k.Fx] : [.. FocalGuesses.Select(g => g * Math.Max(k.Width, k.Height))];
        (BundleState State, double Cost)? best = null;
        for (var g = 0; g < guesses.Length; g++)
        {
            var found = FromNothing(adjuster, coarse, frames, guesses[g], !focalKnown, cancellation);
            if (best is null || found.Cost < best.Value.Cost) best = found;
            progress?.Invoke(0.8 * (g + 1) / guesses.Length);
        }

        return Finish(k, focalKnown, flowsFrom, isStatic, best!.Value.State, smallParallax, cancellation);
    }

    /// <summary>Adjusts given cameras to the flow; their first camera and the length of their path stay.</summary>
    /// <returns>Null where the flow leaves nothing to adjust by.</returns>
    internal static CameraRefinement? Refine(TrainingClip clip, bool freeFocal, CancellationToken cancellation)
    {
        var points = FlowPoints.Gather(clip.Intrinsics, clip.FlowsFrom, StaticOf(clip), FineStep);
        if (points.Count == 0 || Unseen(points, clip.Frames)) return null;
        var state = new BundleState(clip.Intrinsics.Fx, [.. clip.CamFromWorld], []);
        state = state with { InverseDepth = FlowTriangulation.InverseDepths(points, state) };
        var adjuster = new BundleAdjuster(points, clip.Frames);
        (state, _) = adjuster.Run(state, 2 * NarrowScale, freeFocal, NarrowIterations, cancellation);
        (state, _) = adjuster.Run(state, FinestScale, freeFocal, NarrowIterations, cancellation);
        var ratio = Spread(clip.CamFromWorld) / Spread(state.CamFromWorld);
        var first = clip.CamFromWorld[0];
        var scaled = state.CamFromWorld.Select(c => new RigidTransform(c.Rotation, -(c.Rotation * (first.Center + ((c.Center - first.Center) * ratio)))));
        return double.IsFinite(ratio) && ratio > 0 ? new CameraRefinement(state.Focal / clip.Intrinsics.Fx, [.. scaled]) : null;
    }

    private static Func<int, int, int, bool> StaticOf(TrainingClip clip)
    {
        var maps = clip.StaticPixels.Select(pixels =>
        {
            var map = new bool[clip.Width * clip.Height];
            foreach (var pixel in pixels) map[pixel] = true;
            return map;
        }).ToArray();
        return (frame, x, y) => maps[frame][(y * clip.Width) + x];
    }

    private static double Spread(IReadOnlyList<RigidTransform> cameras)
    {
        var mean = cameras.Aggregate(Vec3.Zero, (sum, c) => sum + c.Center) * (1.0 / cameras.Count);
        return Math.Sqrt(cameras.Sum(c => (c.Center - mean).Dot(c.Center - mean)));
    }

    private static bool Unseen(List<FlowPoint> points, int frames)
    {
        var seen = new bool[frames];
        foreach (var point in points)
        {
            seen[point.Frame] = true;
            foreach (var sighting in point.Sightings) seen[sighting.Frame] = true;
        }

        return seen.Contains(false);
    }

    private static (BundleState State, double Cost) FromNothing(BundleAdjuster adjuster, List<FlowPoint> points, int frames, double focal, bool freeFocal,
        CancellationToken cancellation)
    {
        var inverse = new double[points.Count];
        Array.Fill(inverse, 1);
        var state = new BundleState(focal, RotationStart.Of(points, frames, focal), inverse);
        foreach (var scale in WideScales) (state, _) = adjuster.Run(state, scale, false, WideIterations, cancellation);
        return adjuster.Run(state.InFront(), NarrowScale, freeFocal, NarrowIterations, cancellation);
    }

    private static FlowCameras Finish(Intrinsics k, bool focalKnown, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic,
        BundleState rough, bool smallParallax, CancellationToken cancellation)
    {
        var points = FlowPoints.Gather(k, flowsFrom, isStatic, FineStep);
        var state = rough with { InverseDepth = FlowTriangulation.InverseDepths(points, rough) };
        var adjuster = new BundleAdjuster(points, flowsFrom.Count);
        (state, _) = adjuster.Run(state, NarrowScale, !focalKnown, NarrowIterations, cancellation);
        (state, _) = adjuster.Run(state, FinestScale, !focalKnown, NarrowIterations, cancellation);
        state = state.WithMedianDepthOne();
        var residuals = adjuster.Residuals(state);
        var errors = residuals.Select(r => r.Order().ElementAt(r.Length / 2)).ToArray();
        var firm = smallParallax ? Math.Min(FirmParallaxPixels, FirmParallaxErrors * errors.Order().ElementAt(errors.Length / 2)) : FirmParallaxPixels;
        var intrinsics = k with { Fx = state.Focal, Fy = state.Focal * k.Fy / k.Fx };
        var cloud = Enumerable.Range(0, points.Count).Where(n => errors[n] <= MostErrorPixels && Parallax(points[n], state, n) >= firm)
            .Select(n => new SparsePoint(
                state.CamFromWorld[points[n].Frame].Inverse().Apply(FlowTriangulation.RayOf(points[n], state.Focal) * (1 / state.InverseDepth[n])),
                128, 128, 128, errors[n], 1 + points[n].Sightings.Length)).ToArray();
        var all = residuals.SelectMany(r => r).ToArray();
        return new FlowCameras(intrinsics, state.CamFromWorld, cloud, Quality(state, errors, intrinsics),
            all.Count(r => r <= MostErrorPixels) / (double)all.Length, cloud.Length / (double)points.Count);
    }

    private static ModelQuality Quality(BundleState state, double[] errors, Intrinsics k)
    {
        var sorted = errors.Order().ToArray();
        var depths = state.InverseDepth.Where(d => d > 0).Select(d => 1 / d).Order().ToArray();
        double At(double[] values, double share) => values.Length == 0 ? double.NaN : values[(int)Math.Round(share * (values.Length - 1))];
        return new ModelQuality(1, At(sorted, 0.5), depths.Length / (double)Math.Max(1, errors.Length),
            ModelQuality.Steps([.. state.CamFromWorld.Select(c => (RigidTransform?)c)]), At(depths, 0.95) / At(depths, 0.05),
            k.Fx / Math.Max(k.Width, k.Height),
            state.CamFromWorld.Max(c => Rotations.AngleBetween(state.CamFromWorld[0].Rotation, c.Rotation)) * 180 / Math.PI);
    }

    private static double Parallax(FlowPoint point, BundleState state, int n) => state.InverseDepth[n] * state.Focal
        * point.Sightings.Max(s => (state.CamFromWorld[s.Frame].Center - state.CamFromWorld[point.Frame].Center).Length);
}
