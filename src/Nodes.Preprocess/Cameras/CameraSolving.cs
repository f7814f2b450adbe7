using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Bundle;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Cameras.Import;
using Depth3D.Reconstruction.Cameras.Rotation;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Preprocess.Cameras;

/// <summary>
/// Finds the cameras of a clip: without parallax, or with so little that only flow shows it, from flow, else with COLMAP; where COLMAP fails from flow
/// by a bundle adjustment, and where that fails too, on a near turn, as a turn.
/// </summary>
internal sealed class CameraSolving(StageContext context, FramesInfo frames)
{
    /// <summary>Distance of the points taken from flow, in training-size pixels: about a thousand per pair.</summary>
    private const int GridStep = 6;

    /// <summary>Where COLMAP fails, a turn that explains this share of the picture is better than no camera.</summary>
    private const double FallbackShare = 0.6;

    /// <summary>
    /// Below this turn a refined focal length is a guess: it came out within 0.3 % with 20 degrees, 4 % off with 4 degrees and much parallax (balloon1),
    /// 24 % off with 8 degrees at 320 pixels.
    /// </summary>
    private const double FirmFocalDegrees = 12;

    /// <summary>Share of the progress that looking at the flow takes.</summary>
    private const double FlowDone = 0.1;

    private readonly Lock _lock = new();
    private double _fraction;

    /// <exception cref="Depth3DException">No trustworthy cameras were found; the text says what was tried.</exception>
    public async Task<ImportedCameras> SolveAsync(CancellationToken cancellation)
    {
        Report(0, "looking for parallax");
        var masks = Enumerable.Range(0, frames.Count).Select(Mask).ToArray();
        var small = Array.ConvertAll(masks, m => Resize.Area(m, frames.TrainWidth, frames.TrainHeight));
        var focal = WorkingFocal();
        var trainFocal = focal * frames.TrainWidth / frames.Width;
        var gaps = context.Options.Flow.Gaps.Where(g => g < frames.Count).ToArray();
        var longest = gaps.Length == 0 ? [] : Correspondences([gaps.Max()], small, cancellation);
        var finding = RotationSolver.Find(longest, Math.Max(frames.TrainWidth, frames.TrainHeight), trainFocal);
        if (finding.Motion == CameraMotion.RotationOnly) return Swaying(finding, gaps, small, cancellation);
        if (finding.Motion == CameraMotion.Static) return Turning(finding, gaps, small, "", cancellation);
        if (context.Options.Cameras.Method == CamerasStage.Flow)
        {
            var (solved, verdict) = FromFlow(focal, small, "", cancellation);
            return solved ?? throw Failure("Flow", [verdict], finding);
        }

        var settings = new ColmapSettings
        {
            FocalPixels = focal,
            MinRegisteredShare = context.Options.Cameras.MinRegisteredShare,
            Seed = context.Options.Seed,
        };
        var images = Enumerable.Range(0, frames.Count).Select(i => context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(i))).ToArray();
        var input = new ColmapInput(images, masks, frames.Width, frames.Height);
        var report = await new ColmapSolver(settings).SolveAsync(input, context.ScratchFolder,
            (fraction, message) => Report(FlowDone + ((1 - FlowDone) * fraction), message), cancellation).ConfigureAwait(false);
        if (report is { Accepted: true, Best: { } best }) return Solved(best);
        var (cameras, flowVerdict) = FromFlow(focal, small, "COLMAP failed, so the cameras are solved from flow", cancellation);
        if (cameras is not null) return cameras;
        if (finding.FollowingShare >= FallbackShare)
            return Turning(finding with { Motion = CameraMotion.RotationOnly }, gaps, small, "COLMAP failed, so the camera is taken as turning only; ", cancellation);
        throw Failure("COLMAP", [.. report.Attempts, $"from flow: {flowVerdict}"], finding);
    }

    /// <summary>Cameras by a bundle adjustment of flow; or why not.</summary>
    private (ImportedCameras? Cameras, string Verdict) FromFlow(double? focal, Raster<byte>[] masks, string warning, CancellationToken cancellation)
    {
        Report(FlowDone, "cameras from flow");
        var longSide = Math.Max(frames.Width, frames.Height);
        var guess = Intrinsics.Centered(focal ?? longSide, focal ?? longSide, frames.Width, frames.Height).ScaledTo(frames.TrainWidth, frames.TrainHeight);
        var found = FlowCameraSolver.Solve(guess, focal is not null, AllFlow(cancellation),
            (frame, x, y) => masks[frame][x, y] == 0, done => Report(FlowDone + ((1 - FlowDone) * done), "cameras from flow"), cancellation);
        if (found is null) return (null, "some frames have no valid flow of static pixels");
        if (found.Failures() is { Count: > 0 } failures) return (null, string.Join("; ", failures));
        var verdict = $"moving camera, from flow: {found}; {found.Points.Count} points";
        return (Imported(found, verdict, warning, CamerasStage.Flow), verdict);
    }

    /// <summary>What nearly follows a turn: with parallax where flow measures the little there is, as of a camera held in the hand.</summary>
    private ImportedCameras Swaying(MotionFinding finding, int[] gaps, Raster<byte>[] masks, CancellationToken cancellation)
    {
        Report(FlowDone, "looking for small parallax");
        var focal = finding.Focal.Pixels * frames.Width / frames.TrainWidth;
        var turning = Intrinsics.Centered(focal, focal, frames.Width, frames.Height).ScaledTo(frames.TrainWidth, frames.TrainHeight);
        var (found, why) = SmallParallax.Find(turning, AllFlow(cancellation), (frame, x, y) => masks[frame][x, y] == 0, cancellation);
        if (found is not null)
            return Imported(found, $"swaying camera, from flow: a turn explains {finding.FollowingShare:p0} of the static picture, but {why}; {found}; {found.Points.Count} points", "", SmallParallax.Source);
        var turn = Turning(finding, gaps, masks, "", cancellation);
        return turn with { Track = turn.Track with { Verdict = $"{turn.Track.Verdict}; {why}" } };
    }

    private ImportedCameras Imported(FlowCameras found, string verdict, string warning, string source)
    {
        List<string> warnings = warning.Length > 0 ? [warning] : [];
        warnings.AddRange(FocalDoubt(found.Quality.TurnDegrees));
        var track = new CameraTrack(found.Intrinsics.ScaledTo(frames.Width, frames.Height), [.. found.CamFromWorld.Select(c => new FrameCamera(c))],
            CameraMotion.Parallax, source, string.Join("; ", warnings.Prepend(verdict)));
        return new ImportedCameras(track, found.Points, warnings);
    }

    /// <summary>By source frame, ascending by target.</summary>
    private DirectedFlow[][] AllFlow(CancellationToken cancellation)
    {
        var maps = new ClipMaps(context.Inputs);
        var flows = new List<DirectedFlow>();
        foreach (var gap in context.Options.Flow.Gaps)
        {
            for (var i = 0; i + gap < frames.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!maps.HasFlow(i, i + gap)) continue;
                var (forward, backward) = maps.Flow(i, i + gap);
                flows.AddRange([forward, backward]);
            }
        }

        return [.. Enumerable.Range(0, frames.Count).Select(i => flows.Where(f => f.From == i).OrderBy(f => f.To).ToArray())];
    }

    private IEnumerable<string> FocalDoubt(double turnDegrees)
    {
        if (context.Options.Cameras.FocalPixels is not null || turnDegrees >= FirmFocalDegrees) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"the camera turns by {turnDegrees:f0} degrees only, which fixes the focal length poorly: give --focal PIXELS if you know it");
    }

    private ImportedCameras Solved(ColmapSolution solution)
    {
        var cameras = PoseInterpolation.Fill(solution.CamFromWorld);
        var verdict = $"moving camera: {solution.Quality}; {solution.Points.Count} sparse points; from {solution.How}";
        var missing = cameras.Count(c => !c.Registered);
        List<string> warnings = [];
        if (missing > 0) warnings.Add($"{missing} frames could not be registered: their cameras are interpolated");
        warnings.AddRange(FocalDoubt(solution.Quality.TurnDegrees));
        verdict = string.Join("; ", warnings.Prepend(verdict));
        return new ImportedCameras(new CameraTrack(solution.Intrinsics, cameras, CameraMotion.Parallax, "colmap", verdict), solution.Points, warnings);
    }

    private ImportedCameras Turning(MotionFinding finding, int[] gaps, Raster<byte>[] masks, string reason, CancellationToken cancellation)
    {
        Report(FlowDone, "rotations");
        var pairs = finding.Motion == CameraMotion.Static ? [] : Correspondences(gaps, masks, cancellation);
        var track = RotationSolver.Solve(finding, pairs, frames.Count, (frames.Width, frames.Height), frames.TrainWidth, frames.TrainHeight);
        return new ImportedCameras(track with { Verdict = reason + track.Verdict }, [], []);
    }

    private Depth3DException Failure(string method, IReadOnlyList<string> attempts, MotionFinding finding) => new(
        $"no trustworthy cameras were found. A pure turn explains {finding.FollowingShare:p0} of the static picture "
        + $"({RotationSolver.MinFollowingShare:p0} needed). {method}:\n  " + string.Join("\n  ", attempts),
        context.Clip.ToString(), "give the cameras (--cameras file:PATH), the focal length (--focal PIXELS), a steadier or sharper clip, or fewer frames");

    private List<FlowCorrespondences> Correspondences(IReadOnlyList<int> gaps, Raster<byte>[] masks, CancellationToken cancellation)
    {
        var pairs = new List<FlowCorrespondences>();
        foreach (var gap in gaps)
        {
            for (var i = 0; i + gap < frames.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!context.Inputs.Exists(Stages.Flow, Artifacts.Flow(i, i + gap))) continue;
                var flow = FlowFile.Read(context.Inputs.PathOf(Stages.Flow, Artifacts.Flow(i, i + gap)));
                pairs.Add(FlowCorrespondences.From(i, i + gap, flow.Forward, flow.ForwardValid, masks[i], GridStep));
            }
        }

        return pairs;
    }

    private Raster<byte> Mask(int frame)
    {
        if (!context.Inputs.Exists(Stages.Masks, Artifacts.Mask(frame))) return new Raster<byte>(frames.Width, frames.Height);
        var path = context.Inputs.PathOf(Stages.Masks, Artifacts.Mask(frame));
        var mask = ImageFile.ReadGray(path);
        if (mask.Width == frames.Width && mask.Height == frames.Height) return mask;
        throw DamagedArtifact.At(path, $"a mask of {mask.Width} x {mask.Height} pixels; {frames.Width} x {frames.Height} expected");
    }

    /// <summary>Given in pixels of the source's full size; needed at working size.</summary>
    private double? WorkingFocal() => context.Options.Cameras.FocalPixels is { } given
        ? given * Math.Max(frames.Width, frames.Height) / Math.Max(frames.SourceWidth, frames.SourceHeight) : null;

    private void Report(double fraction, string message)
    {
        lock (_lock)
        {
            _fraction = Math.Max(_fraction, fraction);
            context.Progress.Report(new StageProgress(_fraction, message));
        }
    }
}
