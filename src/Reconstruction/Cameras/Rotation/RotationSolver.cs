using System.Globalization;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>
/// Recognises cameras without parallax from flow, and solves those that only turn. COLMAP explains such clips as an orbit about points at one
/// distance, with small reprojection errors; only the comparison with rotations tells.
/// </summary>
public static class RotationSolver
{
    /// <summary>
    /// A point follows a rotation within this many pixels of the flow's size, which is what chained flow over 8 frames is good for, plus a share of the
    /// flow: lens and rolling shutter leave some, and parallax below it is too weak beside the turn to solve from. Measured over 8 frames, residual at
    /// median flow: car-shadow 1.0 px at 30 (90 % of points below 3), balloon1 4.5 px at 39, the truth scene's arc 3.3 px at 5.6.
    /// </summary>
    public const double FollowsPixels = 0.6, FollowsShare = 0.08;

    /// <summary>Largest median residual of a turn, pixels plus a share of the flow: half of the points must fit well.</summary>
    private const double ResidualPixels = 0.3, ResidualShare = 0.05;

    /// <summary>Share of static points that must follow.</summary>
    public const double MinFollowingShare = 0.75;

    /// <summary>
    /// Median flow per frame, in pixels of the flow's size, below which the camera stands still: less parallax than flow can measure (0.2 to 0.3 px at
    /// gap 8). Water that fills much of a fixed picture leaves 0.03.
    /// </summary>
    public const double StaticPixelsPerFrame = 0.05;

    /// <summary>No long pair of a standing camera may flow by more than this in the median.</summary>
    private const double StaticPixels = 0.8;

    private const int MinPoints = 60;

    /// <summary>Long pairs looked at, spread over the clip.</summary>
    private const int Samples = 12;

    /// <summary>Decides from the pairs with the widest gaps (4 frames or more where there are any).</summary>
    /// <param name="focalPixels">At the flow's size, or null.</param>
    public static MotionFinding Find(IReadOnlyList<FlowCorrespondences> pairs, double longSide, double? focalPixels)
    {
        var longPairs = Sample(pairs);
        if (longPairs.Count == 0) return new MotionFinding(CameraMotion.Parallax, RotationFocal.Given(longSide), 0, double.NaN, double.NaN, 0);
        var gap = longPairs[0].Gap;
        var flows = longPairs.Select(p => OrderStatistics.UpperMedian(Lengths(p))).Order().ToArray();
        var flow = flows[flows.Length / 2];
        if (flow < StaticPixelsPerFrame * gap && flows[^1] < StaticPixels)
            return new MotionFinding(CameraMotion.Static, RotationFocal.Given(focalPixels ?? 1.2 * longSide), 1, flow, flow, gap);
        var focal = focalPixels is { } known ? RotationFocal.Given(known) : RotationFocal.Estimate(longPairs, longSide);
        List<double> shares = [], medians = [];
        foreach (var pair in longPairs)
        {
            var residuals = new double[pair.Count];
            RotationFit.Run(pair, focal.Pixels, residuals);
            var limit = Limit(pair);
            shares.Add((double)residuals.Count(r => r <= limit) / residuals.Length);
            medians.Add(OrderStatistics.UpperMedian(residuals));
        }

        double share = OrderStatistics.UpperMedian([.. shares]), residual = OrderStatistics.UpperMedian([.. medians]);
        var motion = share >= MinFollowingShare && residual <= ResidualPixels + (ResidualShare * flow) ? CameraMotion.RotationOnly : CameraMotion.Parallax;
        return new MotionFinding(motion, focal, share, residual, flow, gap);
    }

    /// <summary>Rotations of all frames, translation zero.</summary>
    /// <param name="working">Size at which the intrinsics are wanted.</param>
    /// <param name="trainWidth">Width of the flow.</param>
    public static CameraTrack Solve(MotionFinding finding, IReadOnlyList<FlowCorrespondences> pairs, int frameCount, (int Width, int Height) working,
        int trainWidth, int trainHeight)
    {
        var train = Intrinsics.Centered(finding.Focal.Pixels, finding.Focal.Pixels, trainWidth, trainHeight);
        var atWorking = train.ScaledTo(working.Width, working.Height);
        var intrinsics = Intrinsics.Centered(atWorking.Fx, atWorking.Fx, working.Width, working.Height);
        if (finding.Motion == CameraMotion.Static)
        {
            return new CameraTrack(intrinsics, [.. Enumerable.Repeat(new FrameCamera(RigidTransform.Identity), frameCount)], CameraMotion.Static, "flow",
                string.Create(CultureInfo.InvariantCulture, $"static camera: the background moves by {finding.FlowPixels:f2} px over {finding.Gap} frames; ")
                + FocalText(finding, intrinsics, 0));
        }

        var usable = pairs.Where(p => p.Count >= MinPoints).ToArray();
        var fits = new (int, int, Mat3, double)[usable.Length];
        Parallel.For(0, usable.Length, i =>
        {
            var residuals = new double[usable[i].Count];
            var rotation = RotationFit.Run(usable[i], finding.Focal.Pixels, residuals);
            var limit = Limit(usable[i]);
            fits[i] = (usable[i].Frame1, usable[i].Frame2, rotation, residuals.Count(r => r <= limit));
        });
        var rotations = RotationTrack.Solve(frameCount, fits);
        var poses = rotations.Select(r => r is { } known ? new RigidTransform(known, Vec3.Zero) : (RigidTransform?)null).ToArray();
        var frames = PoseInterpolation.Fill(poses);
        var turn = frames.Max(f => Rotations.AngleBetween(Mat3.Identity, f.CamFromWorld.Rotation)) * 180 / Math.PI;
        return new CameraTrack(intrinsics, frames, CameraMotion.RotationOnly, "homography", string.Create(CultureInfo.InvariantCulture,
            $"rotation-only camera: {finding.FollowingShare:p0} of the static picture follows a pure turn over {finding.Gap} frames ")
            + string.Create(CultureInfo.InvariantCulture, $"(flow {finding.FlowPixels:f1} px, residual {finding.ResidualPixels:f2} px), turned by {turn:f1} degrees; ")
            + FocalText(finding, intrinsics, turn) + "; depth cannot be triangulated");
    }

    private static string FocalText(MotionFinding finding, Intrinsics working, double turn)
    {
        double f = working.Fx, scale = f / finding.Focal.Pixels;
        if (finding.Focal.Known && finding.Motion != CameraMotion.Static) return string.Create(CultureInfo.InvariantCulture, $"focal {f:f0} px");
        if (finding.Motion == CameraMotion.Static) return string.Create(CultureInfo.InvariantCulture, $"focal {f:f0} px cannot be measured");
        return string.Create(CultureInfo.InvariantCulture, $"focal {f:f0} px (between {finding.Focal.Low * scale:f0} and {finding.Focal.High * scale:f0})");
    }

    private static List<FlowCorrespondences> Sample(IReadOnlyList<FlowCorrespondences> pairs)
    {
        var usable = pairs.Where(p => p.Count >= MinPoints).ToArray();
        if (usable.Length == 0) return [];
        var widest = usable.Max(p => p.Gap);
        var ofGap = usable.Where(p => p.Gap == widest).OrderBy(p => p.Frame1).ToArray();
        var count = Math.Min(Samples, ofGap.Length);
        return [.. Enumerable.Range(0, count).Select(k => ofGap[(int)((long)k * (ofGap.Length - 1) / Math.Max(count - 1, 1))])];
    }

    private static double Limit(FlowCorrespondences pair) => FollowsPixels + (FollowsShare * OrderStatistics.UpperMedian(Lengths(pair)));

    private static double[] Lengths(FlowCorrespondences p)
    {
        var lengths = new double[p.Count];
        for (var i = 0; i < lengths.Length; i++) lengths[i] = Math.Sqrt(Math.Pow(p.X2[i] - p.X1[i], 2) + Math.Pow(p.Y2[i] - p.Y1[i], 2));
        return lengths;
    }
}
