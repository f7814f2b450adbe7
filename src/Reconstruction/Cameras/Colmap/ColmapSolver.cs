using System.Globalization;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras.Features;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// Solves the cameras of a clip with COLMAP's mapper on features and matches of our own, and tries again with other settings where the result
/// does not pass the gates. The same images, masks and settings give the same model: everything that goes into COLMAP is fixed, and COLMAP runs
/// on one thread (its own extractor and matcher differ from run to run even then).
/// </summary>
public sealed class ColmapSolver(ColmapSettings settings)
{
    /// <summary>Where masks cover more than this in the mean, solving without them is worth a try.</summary>
    private const double MaxMaskShare = 0.6;

    /// <summary>Shares of the progress: features, matches, then solving.</summary>
    private const double FeaturesDone = 0.15, MatchesDone = 0.3;

    /// <summary>A pair with fewer matches than this says nothing (COLMAP's own minimum is 15 after verification).</summary>
    private const int MinMatches = 20;

    /// <param name="scratch">Empty folder for COLMAP's files.</param>
    /// <exception cref="Depth3DException">COLMAP is not installed, or failed for a reason of its own.</exception>
    public async Task<ColmapReport> SolveAsync(ColmapInput input, string scratch, Action<double, string>? progress, CancellationToken cancellation)
    {
        var attempts = new List<string>();
        var best = await TryAsync(input, scratch, "masked", attempts, progress, cancellation).ConfigureAwait(false);
        if (!Accepted(best) && input.Masks is { } masks && ShareOf(masks) > MaxMaskShare)
        {
            var bare = Directory.CreateDirectory(Path.Combine(scratch, "unmasked")).FullName;
            best = Better(best, await TryAsync(input with { Masks = null }, bare, "without masks", attempts, progress, cancellation).ConfigureAwait(false));
        }

        return new ColmapReport(best, Accepted(best), attempts);
    }

    private async Task<ColmapSolution?> TryAsync(ColmapInput input, string folder, string label, List<string> attempts,
        Action<double, string>? progress, CancellationToken cancellation)
    {
        var count = input.Images.Count;
        var features = FeatureExtraction.Run(input.Images, input.Masks, settings.FeaturesPerFrame,
            done => progress?.Invoke(FeaturesDone * done / count, "features"), cancellation);
        var pairs = MatchAll(features, progress, cancellation);
        if (pairs.Count == 0)
        {
            attempts.Add($"{label}: no two frames share {MinMatches} key points (at most {features.Max(f => f.Count)} in a frame)");
            return null;
        }

        var workspace = new ColmapWorkspace(folder, input);
        workspace.WriteFeatures(features);
        workspace.WriteMatches(pairs);
        var tool = new ColmapTool(settings.Seed, folder, cancellation);
        ColmapSolution? best = null;
        double side = Math.Max(input.Width, input.Height);
        var guesses = settings.FocalPixels is { } known ? [known / side] : settings.FocalGuesses;
        for (var g = 0; g < guesses.Count && !Accepted(best); g++)
        {
            var database = await workspace.CreateDatabaseAsync(tool, settings.FocalPixels, guesses[g] * side, Name(g)).ConfigureAwait(false);
            for (var a = 0; a < settings.InitialAnglesDegrees.Count && !Accepted(best); a++)
            {
                // Later guesses only make sense with the angle that is most likely to start at all.
                if (g > 0 && a < settings.InitialAnglesDegrees.Count - 1) continue;
                var angle = settings.InitialAnglesDegrees[a];
                var how = string.Create(CultureInfo.InvariantCulture,
                    $"{label}, focal {(settings.FocalPixels is null ? "guess " : "")}{guesses[g] * side:f0} px, first angle {angle} degrees");
                var models = await workspace.MapAsync(tool, database, angle, settings.FocalPixels is null, $"{Name(g)}-{a}",
                    n => progress?.Invoke(MatchesDone + ((1 - MatchesDone) * Math.Min(n, count) / count), "solving")).ConfigureAwait(false);
                var solution = models.Count == 0 ? null : SolutionOf(models[0], input, how);
                attempts.Add($"{how}: {(solution is null ? "no model" : string.Join("; ", Verdict(solution)))}");
                best = Better(best, solution);
                if (solution is { Quality.LooksLikeRotation: true, Quality.RegisteredShare: > 0.9 }) return best;
            }
        }

        return best;
    }

    private List<FramePairMatches> MatchAll(FrameFeatures[] features, Action<double, string>? progress, CancellationToken cancellation)
    {
        var pairs = Enumerable.Range(0, features.Length)
            .SelectMany(i => settings.MatchGaps.Where(g => i + g < features.Length).Select(g => (First: i, Second: i + g))).ToArray();
        var matches = new FramePairMatches[pairs.Length];
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, pairs.Length, options, p =>
        {
            var (a, b) = pairs[p];
            matches[p] = new FramePairMatches(a, b, FeatureMatcher.Match(features[a], features[b]));
            progress?.Invoke(FeaturesDone + ((MatchesDone - FeaturesDone) * Interlocked.Increment(ref done) / pairs.Length), "matching");
        });
        return [.. matches.Where(m => m.Matches.Count >= MinMatches)];
    }

    private static ColmapSolution SolutionOf(ColmapModel model, ColmapInput input, string how)
    {
        var camera = model.Cameras[0];
        var intrinsics = ColmapLenses.ToLens(camera).Pinhole;
        var byName = model.Images.ToDictionary(i => i.Name, i => i.CamFromWorld);
        var frames = Enumerable.Range(0, input.Images.Count)
            .Select(i => byName.TryGetValue(ColmapWorkspace.FrameName(i), out var pose) ? pose : (RigidTransform?)null).ToArray();
        var points = model.Points.Select(p => new SparsePoint(p.Position, p.Red, p.Green, p.Blue, p.ErrorPixels, p.Track.Count)).ToArray();
        return new ColmapSolution(intrinsics, frames, points, ModelQuality.Of(model, intrinsics, frames), how);
    }

    private bool Accepted(ColmapSolution? solution) =>
        solution is not null && solution.Quality.Failures(settings.MinRegisteredShare).Count == 0;

    private IReadOnlyList<string> Verdict(ColmapSolution solution) =>
        solution.Quality.Failures(settings.MinRegisteredShare) is { Count: > 0 } failures ? failures : [solution.Quality.ToString()];

    /// <summary>By gates passed, then by frames registered, then by reprojection error.</summary>
    private ColmapSolution? Better(ColmapSolution? a, ColmapSolution? b)
    {
        if (a is null || b is null) return a ?? b;
        if (Accepted(a) != Accepted(b)) return Accepted(a) ? a : b;
        var difference = b.Quality.RegisteredShare.CompareTo(a.Quality.RegisteredShare);
        if (difference == 0) difference = a.Quality.MedianErrorPixels.CompareTo(b.Quality.MedianErrorPixels);
        return difference > 0 ? b : a;
    }

    private static string Name(int guess) => string.Create(CultureInfo.InvariantCulture, $"focal{guess}");

    private static double ShareOf(IReadOnlyList<Imaging.Raster<byte>> masks) =>
        masks.Average(m => (double)m.Samples.Count(s => s != 0) / m.PixelCount);
}
