using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// Looks for the parallax of a camera that seems only to turn: one held in the hand sways by centimetres, which flow shows to a fraction of a pixel.
/// Cameras are solved from flow and believed only where <see cref="ParallaxEvidence"/> holds.
/// </summary>
public static class SmallParallax
{
    /// <summary>Of a <see cref="CameraTrack"/> that was found so.</summary>
    public const string Source = "sway";

    private const int Step = 10;

    /// <summary>Halves of fewer frames hold hardly any flow of their own.</summary>
    private const int FewestFrames = 12;

    /// <summary>Shares of the residuals that count: flow is wild where things cover each other.</summary>
    private const double Counting = 0.9;

    /// <param name="k">At the flow's size; its focal length is kept.</param>
    /// <param name="flowsFrom">By source frame, ascending by target.</param>
    /// <param name="isStatic">By frame, x and y.</param>
    /// <returns>Cameras with parallax, or null where the camera only turns as far as flow can tell; and why, for people.</returns>
    public static (FlowCameras? Cameras, string Why) Find(Intrinsics k, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic,
        CancellationToken cancellation)
    {
        if (flowsFrom.Count < FewestFrames) return (null, "too few frames to look for small parallax");
        if (FlowCameraSolver.Solve(k, true, flowsFrom, isStatic, null, cancellation, smallParallax: true) is not { } cameras)
            return (null, "too little flow to look for small parallax");
        if (cameras.Failures() is { Count: > 0 } failures) return (null, "no small parallax: " + string.Join(", ", failures));
        var evidence = new ParallaxEvidence(LeftOver(cameras, flowsFrom, isStatic), HalvesTest.RankCorrelation(cameras, flowsFrom, isStatic));
        return evidence.Holds ? (cameras, evidence.ToString()) : (null, $"no small parallax: {evidence}");
    }

    internal static double LeftOver(FlowCameras cameras, IReadOnlyList<DirectedFlow[]> flowsFrom, Func<int, int, int, bool> isStatic)
    {
        var points = FlowPoints.Gather(cameras.Intrinsics, flowsFrom, isStatic, Step).Where(p => p.Sightings.Length > 2 && p.Sightings[^1].Frame > p.Frame).ToList();
        if (points.Count == 0) return double.PositiveInfinity;
        var state = new BundleState(cameras.Intrinsics.Fx, [.. cameras.CamFromWorld], []);
        var without = FlowTriangulation.InverseDepths([.. points.Select(p => p with { Sightings = p.Sightings[..^1] })], state);
        var predicted = points.Select((p, n) => SightingTerm.TryMake(state, p, without[n], p.Sightings[^1], out var term) ? term.Square : double.MaxValue);
        var turned = points.GroupBy(p => (p.Frame, p.Sightings[^1].Frame)).AsParallel().AsOrdered().SelectMany(pair => BentTurn.Residuals(
            new FlowCorrespondences(pair.Key.Item1, pair.Key.Item2, [.. pair.Select(p => p.X)], [.. pair.Select(p => p.Y)],
                [.. pair.Select(p => p.Sightings[^1].X)], [.. pair.Select(p => p.Sightings[^1].Y)]), cameras.Intrinsics.Fx)).Select(r => r * r);
        return MeanOfCounting([.. predicted]) / MeanOfCounting([.. turned]);
    }

    private static double MeanOfCounting(double[] squares) => squares.Order().Take(Math.Max(1, (int)(Counting * squares.Length))).Average();
}
