using System.Globalization;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>How far a solved model can be trusted (spec 9, item 10); every number is in the text that people read.</summary>
/// <param name="RegisteredShare">Frames with a camera.</param>
/// <param name="MedianErrorPixels">Median over the points of their reprojection error.</param>
/// <param name="InFrontShare">Observations whose point lies in front of the camera.</param>
/// <param name="StepRatio">Largest camera step between neighbours over the median step; steps below a thousandth of the path do not count.</param>
/// <param name="DepthSpread">95th over 5th percentile of the depths of all observations.</param>
/// <param name="FocalShare">Focal length over the long side.</param>
/// <param name="TurnDegrees">Largest rotation between any frame and the first.</param>
public sealed record ModelQuality(double RegisteredShare, double MedianErrorPixels, double InFrontShare, double StepRatio, double DepthSpread,
    double FocalShare, double TurnDegrees)
{
    public const double MaxMedianErrorPixels = 1.5, MinInFrontShare = 0.95, MaxStepRatio = 10, MinDepthSpread = 1.3;
    public const double MinFocalShare = 0.35, MaxFocalShare = 5;

    /// <summary>
    /// All observed points at one distance: that is how a pure rotation looks when it is explained as an orbit (car-shadow: 1.25), and what no
    /// reprojection error shows.
    /// </summary>
    public bool LooksLikeRotation => DepthSpread < MinDepthSpread;

    /// <summary>What fails, in words; empty where all gates are passed.</summary>
    public IReadOnlyList<string> Failures(double minRegisteredShare)
    {
        var failures = new List<string>();
        void Check(bool holds, FormattableString text)
        {
            if (!holds) failures.Add(text.ToString(CultureInfo.InvariantCulture));
        }

        Check(RegisteredShare >= minRegisteredShare, $"only {RegisteredShare:p0} of the frames registered, {minRegisteredShare:p0} needed");
        Check(MedianErrorPixels <= MaxMedianErrorPixels, $"median reprojection error {MedianErrorPixels:f2} px, at most {MaxMedianErrorPixels} allowed");
        Check(InFrontShare >= MinInFrontShare, $"only {InFrontShare:p0} of the points lie in front of their cameras");
        Check(FocalShare is >= MinFocalShare and <= MaxFocalShare, $"focal length {FocalShare:f2} x the long side is absurd");
        Check(StepRatio <= MaxStepRatio, $"the camera jumps: one step is {StepRatio:f0} times the median step");
        Check(!LooksLikeRotation, $"all points lie at one distance (p95/p5 {DepthSpread:f2}): a rotation explained as an orbit");
        return failures;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{RegisteredShare:p0} registered, reprojection error {MedianErrorPixels:f2} px, focal {FocalShare:f2} x long side, "
        + $"{InFrontShare:p0} in front, depth spread {DepthSpread:f2}, largest step {StepRatio:f1} x median");

    /// <param name="frames">The camera of each frame of the clip, null where not registered.</param>
    public static ModelQuality Of(ColmapModel model, Intrinsics intrinsics, IReadOnlyList<RigidTransform?> frames)
    {
        var points = model.Points.ToDictionary(p => p.Id, p => p.Position);
        var depths = new List<double>();
        var inFront = 0;
        foreach (var image in model.Images)
        {
            foreach (var o in image.Observations)
            {
                if (!points.TryGetValue(o.PointId, out var p)) continue;
                depths.Add(image.CamFromWorld.Apply(p).Z);
                if (depths[^1] > 0) inFront++;
            }
        }

        depths.Sort();
        var errors = model.Points.Select(p => p.ErrorPixels).Order().ToArray();
        var spread = depths.Count == 0 ? 1 : At(depths, 0.95) / Math.Max(At(depths, 0.05), 1e-12);
        var known = frames.Where(f => f is not null).Select(f => f!.Value).ToArray();
        return new ModelQuality((double)known.Length / frames.Count, errors.Length == 0 ? double.PositiveInfinity : At(errors, 0.5),
            depths.Count == 0 ? 0 : (double)inFront / depths.Count, Steps(frames), spread,
            intrinsics.Fx / Math.Max(intrinsics.Width, intrinsics.Height),
            known.Max(f => Rotations.AngleBetween(known[0].Rotation, f.Rotation)) * 180 / Math.PI);
    }

    internal static double Steps(IReadOnlyList<RigidTransform?> frames)
    {
        var steps = new List<double>();
        for (var i = 1; i < frames.Count; i++)
        {
            if (frames[i - 1] is { } a && frames[i] is { } b) steps.Add((b.Center - a.Center).Length);
        }

        if (steps.Count == 0) return 1;
        var floor = steps.Sum() / 1000;
        steps.Sort();
        return steps[^1] / Math.Max(Math.Max(At(steps, 0.5), floor), 1e-300);
    }

    private static double At(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];
}
