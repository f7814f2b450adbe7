using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Segments what moves against the camera's motion, from flow alone: cameras are not known yet. A clip whose background follows one
/// homography per pair is judged by the distance from it; one with parallax by the root of Sampson distance times multi-view residual. The
/// evidence is followed along the flow and its median over five frames is thresholded. Results depend on no frame further than two
/// neighbours and their views.
/// </summary>
public sealed class MotionMaskBuilder(MotionMaskSettings settings, MotionMaskInputs inputs)
{
    /// <summary>Neighbours on each side that the temporal median looks at.</summary>
    private const int Neighbours = 2;

    /// <summary>Frames at which the camera's motion is tested.</summary>
    private const int TestFrames = 9;

    public MotionMaskReport Run(Action<int, Raster<byte>> found, Action<double> progress, CancellationToken cancellation)
    {
        var (motion, share) = Decide(cancellation);
        var evidence = new Raster<float>[inputs.FrameCount];
        var done = 0;
        Parallel.For(0, evidence.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            evidence[i] = Evidence(i, motion);
            progress(0.6 * Interlocked.Increment(ref done) / evidence.Length);
        });

        var limits = settings.For(motion);
        var shares = new double[inputs.FrameCount];
        var masks = new Raster<byte>[inputs.FrameCount];
        done = 0;
        Parallel.For(0, masks.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var mask = MotionMaskCleaner.Mask(Followed(evidence, i), inputs.Rgb(i), limits);
            shares[i] = MaskRegions.Share(mask);
            found(i, mask);
            progress(0.6 + (0.4 * Interlocked.Increment(ref done) / masks.Length));
        });
        return new MotionMaskReport(motion, share, shares);
    }

    /// <summary>The evidence of one frame before it is followed over time.</summary>
    internal Raster<float> Evidence(int frame, CameraMotion motion)
    {
        var views = inputs.Views(frame).Where(v => settings.EvidenceGaps.Contains(Math.Abs(v.Gap))).ToArray();
        if (views.Length == 0) views = [.. inputs.Views(frame)];
        return (motion == CameraMotion.Parallax ? MotionEvidence.FromParallax(views) : null) ?? MotionEvidence.FromHomographies(views);
    }

    private Raster<float> Followed(Raster<float>[] evidence, int frame)
    {
        var neighbours = inputs.Views(frame)
            .Where(v => Math.Abs(v.Gap) <= Neighbours)
            .Select(v => (evidence[frame + v.Gap], v.Flow, v.Valid))
            .ToArray();
        return TemporalMedian.Of(evidence[frame], neighbours);
    }

    internal (CameraMotion Motion, double Share) Decide(CancellationToken cancellation)
    {
        var tests = new List<MotionView>();
        for (var k = 0; k < TestFrames; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = inputs.FrameCount * ((2 * k) + 1) / (2 * TestFrames);
            if (inputs.Views(frame).MaxBy(v => Math.Abs(v.Gap)) is { } longest) tests.Add(longest);
        }

        return CameraMotionTest.Decide(tests);
    }
}
