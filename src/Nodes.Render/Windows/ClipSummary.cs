using System.Globalization;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Merging;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Render.Windows;

/// <summary>Says of a long clip what each stage says of a short one, from what it said of the windows.</summary>
internal sealed class ClipSummary(ClipWindows windows, IReadOnlyList<WindowResults> results, WindowAlignments alignments)
{
    /// <summary>Windows whose focal lengths differ by more bend depth against each other.</summary>
    private const double MostFocalSpread = 0.01;

    /// <summary>A seam where static depth differs by more is seen.</summary>
    private const double VisibleSeam = 0.03;

    public string Verdict => string.Create(CultureInfo.InvariantCulture,
        $"{windows.Items.Count} windows joined by {alignments.Method}; depth of neighbours differs by {Worst:0.0000} in logarithm at the worst seam");

    private double Worst => alignments.Seams.Max(s => s.Residual.Mean);

    /// <summary>In the clip's unit and world; between two windows the pose goes over as the depth does.</summary>
    public CameraTrack Cameras()
    {
        var focal = OrderStatistics.UpperMedian(results.Select(r => r.Cameras.Intrinsics.Fx));
        var first = results[0].Cameras;
        var middle = results.First(r => r.Cameras.Intrinsics.Fx.Equals(focal)).Cameras.Intrinsics;
        var verdict = string.Join("; ", results.Select(r => r.Cameras.Verdict).Distinct().Take(3).Prepend(Verdict));
        return new CameraTrack(middle, [.. Enumerable.Range(0, windows.Frames).Select(Camera)],
            results.Any(r => r.Cameras.Motion == CameraMotion.Parallax) ? CameraMotion.Parallax : first.Motion, first.Source, verdict);
    }

    public TrainInfo Train()
    {
        var all = results.Select(r => r.Train).ToArray();
        return new TrainInfo(all[0].Method, all.Sum(t => t.Steps), all.Average(t => t.FinalLoss), HeldOut(all),
            all.Select((t, w) => alignments.Placements[w].Depth(t.NearDepth)).Min(), all.Select((t, w) => alignments.Placements[w].Depth(t.FarDepth)).Max(),
            all.Average(t => t.FlickerBefore), all.Average(t => t.FlickerAfter), all.Sum(t => t.StepsTaken), all.Sum(t => t.BestStep),
            [.. SeamWarnings(), .. Of(r => r.Train.Warnings ?? [])]);
    }

    /// <summary>Every pair once, though windows that overlap both have it.</summary>
    public SequenceInfo Sequence()
    {
        var all = results.Select(r => (r.Window, Info: r.Sequence)).ToArray();
        var first = all[0].Info;
        var pairs = all.SelectMany(w => w.Info.Pairs.Select(p => p with { Frame1 = p.Frame1 + w.Window.First, Frame2 = p.Frame2 + w.Window.First }))
            .DistinctBy(p => (p.Frame1, p.Frame2)).OrderBy(p => p.Gap).ThenBy(p => p.Frame1);
        return first with
        {
            Frames = windows.Frames,
            ScaleSpread = all.Max(w => w.Info.ScaleSpread),
            ScaleFrames = all.Sum(w => w.Info.ScaleFrames),
            Pairs = [.. pairs],
            MovingShare = [.. Enumerable.Range(0, windows.Frames).Select(f => OfOwner(f, all.Select(w => w.Info.MovingShare).ToArray()))],
            Inputs = new Dictionary<string, IReadOnlyList<Messages.ArtifactFile>>(),
            Warnings = Of(r => r.Sequence.Warnings),
        };
    }

    public PriorInfo Prior()
    {
        var first = results[0].Prior;
        var methods = results.Select(r => r.Prior.Method).Distinct().ToArray();
        return new PriorInfo(string.Join(", ", methods), $"{first.Reason} (first of {results.Count} windows)", Of(r => r.Prior.Warnings));
    }

    public MasksInfo Masks()
    {
        var all = results.Select(r => r.Masks).ToArray();
        return all[0] with
        {
            MovingShare = [.. Enumerable.Range(0, windows.Frames).Select(f => OfOwner(f, all.Select(m => m.MovingShare).ToArray()))],
            Warnings = Of(r => r.Masks.Warnings),
        };
    }

    private FrameCamera Camera(int frame)
    {
        var (first, second, weight) = windows.At(frame);
        var camera = Placed(first, frame);
        return second is { } other ? WindowPlacement.Blend(camera, Placed(other, frame), weight) : camera;
    }

    private FrameCamera Placed(ClipWindow window, int frame)
    {
        var camera = results[window.Index].Camera(frame);
        return camera with { CamFromWorld = alignments.Placements[window.Index].Place(camera.CamFromWorld) };
    }

    private double OfOwner(int frame, IReadOnlyList<double>[] byWindow)
    {
        var owner = windows.Owner(frame);
        return byWindow[owner.Index][frame - owner.First];
    }

    /// <summary>A sentence that several windows say is said once, with the first of them.</summary>
    private List<string> Of(Func<WindowResults, IEnumerable<string>> warnings) =>
        [.. results.SelectMany(r => warnings(r).Select(text => (r.Window, Text: text))).DistinctBy(w => w.Text).Select(w => $"{w.Window}: {w.Text}")];

    private IEnumerable<string> SeamWarnings()
    {
        var focal = results.Select(r => r.Cameras.Intrinsics.Fx).ToArray();
        if (focal.Max() / focal.Min() > 1 + MostFocalSpread)
            yield return string.Create(CultureInfo.InvariantCulture, $"The windows' focal lengths differ by {(focal.Max() / focal.Min()) - 1:P1}: give --focal PIXELS if you know it.");
        if (Worst <= VisibleSeam) yield break;
        var worst = alignments.Seams.MaxBy(s => s.Residual.Mean)!;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Windows meet poorly at frames {worst.Frames.First} to {worst.Frames.End - 1}: their depth differs by {worst.Residual.Mean:P1}. A longer --window-overlap or --window, or better cameras (--cameras file:) help.");
    }

    private static HeldOutSummary HeldOut(TrainInfo[] all) => new(all.Sum(t => t.HeldOut.Pairs), all.Any(t => t.HeldOut.FlowMeasuresDepth),
        Mean(all.Select(t => t.HeldOut.Prior)), Mean(all.Select(t => t.HeldOut.Optimised)), Mean(all.Select(t => t.HeldOut.Published)));

    private static PairConsistency Mean(IEnumerable<PairConsistency> parts)
    {
        var all = parts.ToArray();
        var count = all.Sum(p => p.Count);
        double Of(Func<PairConsistency, double> value) => count == 0 ? 0 : all.Sum(p => p.Count * value(p)) / count;
        return new PairConsistency(Of(p => p.FlowPixels), Of(p => p.LogDepth), Of(p => p.RelativeDisparity), count);
    }
}
