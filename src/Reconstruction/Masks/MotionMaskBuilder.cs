using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Segments what moves against the camera's motion, from flow alone: cameras are not known yet. A clip whose background follows one
/// homography per pair is judged by the distance from it; one with parallax by the root of Sampson distance times multi-view residual. The
/// median of that evidence over five frames, followed along the flow, seeds whole objects (<see cref="ObjectCut"/>); frames vote on them along
/// the flow, and colours place their edges (<see cref="ColourEdges"/>).
/// </summary>
public sealed class MotionMaskBuilder(MotionMaskSettings settings, MotionMaskInputs inputs)
{
    /// <summary>Neighbours on each side that the temporal median looks at.</summary>
    private const int Neighbours = 2;

    /// <summary>Rounds in which the frames vote on objects: the second reaches frames whose long flow the object outruns.</summary>
    private const int Votes = 2;

    /// <summary>Frames at which the camera's motion is tested.</summary>
    private const int TestFrames = 9;

    /// <param name="found">Takes each frame's mask at working size, 255 = moving; called from several threads.</param>
    public MotionMaskReport Run(Action<int, Raster<byte>> found, Action<double> progress, CancellationToken cancellation)
    {
        var (motion, share) = Decide(cancellation);
        var limits = settings.For(motion);
        var fields = EachFrame(0, 0.45, i => Evidence(i, motion));
        var objects = EachFrame(0.45, 0.65, i => ObjectCut.Run(MotionMaskCleaner.Ratio(Followed(fields, i), limits), fields[i].Links));
        for (var round = 0; round < Votes; round++)
        {
            var last = objects;
            objects = EachFrame(0.65 + (0.05 * round), 0.7 + (0.05 * round), i => Vote(last, i));
        }

        var shares = EachFrame(0.75, 1, i =>
        {
            var mask = MotionMaskCleaner.Mask(objects[i], inputs.Rgb(i), limits);
            found(i, mask);
            return MaskRegions.Share(mask);
        });
        return new MotionMaskReport(motion, share, shares);

        T[] EachFrame<T>(double from, double to, Func<int, T> make)
        {
            var all = new T[inputs.FrameCount];
            var done = 0;
            Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                all[i] = make(i);
                progress(from + ((to - from) * Interlocked.Increment(ref done) / all.Length));
            });
            return all;
        }
    }

    /// <summary>The evidence of one frame before it is followed over time.</summary>
    internal MotionField Evidence(int frame, CameraMotion motion)
    {
        var views = inputs.Views(frame).Where(v => settings.EvidenceGaps.Contains(Math.Abs(v.Gap))).ToArray();
        if (views.Length == 0) views = [.. inputs.Views(frame)];
        return (motion == CameraMotion.Parallax ? MotionEvidence.FromParallax(views) : null) ?? MotionEvidence.FromHomographies(views);
    }

    private Raster<float> Followed(MotionField[] fields, int frame)
    {
        var neighbours = inputs.Views(frame)
            .Where(v => Math.Abs(v.Gap) <= Neighbours)
            .Select(v => (fields[frame + v.Gap].Evidence, v.Flow, v.Valid))
            .ToArray();
        return TemporalMedian.Of(fields[frame].Evidence, neighbours);
    }

    private Raster<float> Vote(Raster<float>[] objects, int frame) =>
        ProbabilityFollower.Fuse(objects[frame], inputs.Views(frame), gap => objects[frame + gap]);

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
