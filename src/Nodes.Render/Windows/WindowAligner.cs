using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Merging;

namespace Depth3D.Nodes.Render.Windows;

/// <summary>Places the windows of a long clip one after another, each by the frames it shares with the one before it.</summary>
/// <param name="sharedCameras">The windows' cameras are parts of one track that was given for the clip.</param>
internal sealed class WindowAligner(ClipWindows windows, IReadOnlyList<WindowResults> results, bool sharedCameras)
{
    /// <summary>Cameras known for the whole clip tie every window to one unit, so that nothing adds up from seam to seam.</summary>
    private bool ByCameras => sharedCameras && results.All(r => r.Cameras.Motion == CameraMotion.Parallax && !r.IsRefined);

    /// <exception cref="Depth3DException">Two windows have nothing in common by which they could be joined.</exception>
    public WindowAlignments Find(Action<double> progress, CancellationToken cancellation)
    {
        var placements = new List<WindowPlacement> { WindowPlacement.Identity };
        var seams = new List<Seam>();
        for (var s = 0; s + 1 < results.Count; s++)
        {
            var (seam, next) = Join(s, placements[s], cancellation);
            seams.Add(seam);
            placements.Add(next);
            progress((s + 1.0) / (results.Count - 1));
        }

        return new WindowAlignments(ByCameras ? WindowAlignments.ByCameras : WindowAlignments.ByOverlap, placements, seams);
    }

    private (Seam Seam, WindowPlacement Next) Join(int index, WindowPlacement before, CancellationToken cancellation)
    {
        var (first, second) = (results[index], results[index + 1]);
        var range = windows.Overlap(index);
        var samples = Samples(first, second, range, cancellation);
        var fit = Fit(first, second, samples) ?? throw new Depth3DException(
            $"{first.Window} and {second.Window} share no pixels that stand still, so they cannot be brought to one scale",
            remedy: "give a longer --window-overlap, or look at the masks of these frames");
        var scale = before.Scale * fit.Scale;
        var shift = before.InverseShift + (fit.InverseShift / before.Scale);
        var pose = PoseAlignment.Of([.. Cameras(first, second, range).Select(c => (before.Place(c.First), c.Second with { Translation = c.Second.Translation * scale }))]);
        var place = ByCameras ? RigidTransform.Identity : pose.FirstFromSecond;
        return (new Seam(index, range, fit, fit.Residual(samples), pose.RotationDegrees, pose.Distance / (before.Scale * samples.MedianDepth)),
            new WindowPlacement(scale, shift, place));
    }

    private SeamFit? Fit(WindowResults first, WindowResults second, SeamSamples samples)
    {
        if (ByCameras)
        {
            var measured = SeamFit.ByScale(samples);
            return new SeamFit(first.Sequence.Scale / second.Sequence.Scale, 0, measured?.ScaleSpread ?? double.NaN);
        }

        // Where cameras travel, depth and camera path share one unit, and a shift of inverse depth would bend one against the other.
        return first.Cameras.Motion == CameraMotion.Parallax || second.Cameras.Motion == CameraMotion.Parallax
            ? SeamFit.ByScale(samples)
            : SeamFit.ByScaleAndShift(samples);
    }

    private static SeamSamples Samples(WindowResults first, WindowResults second, FrameRange range, CancellationToken cancellation)
    {
        var samples = new SeamSamples();
        foreach (var frame in range.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            var moving = first.Mask(frame);
            var other = second.Mask(frame);
            for (var i = 0; i < moving.Samples.Length; i++) moving.Samples[i] |= other.Samples[i];
            samples.Add(first.Refined(frame), second.Refined(frame), moving);
        }

        return samples;
    }

    /// <summary>Cameras that both windows registered; all of them where there are none.</summary>
    private static List<(RigidTransform First, RigidTransform Second)> Cameras(WindowResults first, WindowResults second, FrameRange range)
    {
        var firm = range.Indices.Where(f => first.Camera(f).Registered && second.Camera(f).Registered).ToList();
        return [.. (firm.Count > 0 ? firm : range.Indices).Select(f => (first.Camera(f).CamFromWorld, second.Camera(f).CamFromWorld))];
    }
}
