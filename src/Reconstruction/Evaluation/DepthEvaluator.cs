using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// Measures predicted depth against truth (spec 8.1): AbsRel, RMSE of logs, delta &lt; 1.25 and flicker, for all, static and moving pixels, under
/// each protocol. A prediction of another size is resampled to the truth's, bilinear in inverse depth; the truth is never resampled.
/// </summary>
public sealed class DepthEvaluator(IDepthTruth truth)
{
    /// <summary>
    /// Flicker is taken only where interpolating the true depth at the moved pixel gives the true depth of the point within this share:
    /// elsewhere an object's edge lies between the pixels, and interpolation would measure that.
    /// </summary>
    private const double EdgeTolerance = 0.02;

    private static readonly string[] RegionNames = [.. Enum.GetNames<DepthRegion>().Select(n => n.ToLowerInvariant())];

    /// <param name="what">Name of the prediction in the rows.</param>
    /// <param name="depth">Predicted depth of a frame, any size with the truth's aspect; read twice per frame.</param>
    /// <returns>Nine rows: three protocols by three regions.</returns>
    /// <exception cref="Messages.Depth3DException">No pixel can be compared.</exception>
    public IReadOnlyList<DepthMetricsRow> Evaluate(string what, Func<int, Raster<float>> depth, CancellationToken cancellation = default)
    {
        var alignment = new ClipAlignment();
        for (var i = 0; i < truth.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            alignment.Add(truth.Depth(i), At(depth, i));
        }

        var protocols = AlignmentProtocols.Every.Select(p => (Name: p.Name(), Of: alignment.For(p), Sums: new MetricSums[3])).ToArray();
        Frame? next = null;
        for (var i = 0; i < truth.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = next ?? Load(depth, i);
            next = i + 1 < truth.FrameCount ? Load(depth, i + 1) : null;
            var motion = next is null ? null : truth.MotionToNext(i);
            Parallel.ForEach(protocols, protocol =>
            {
                AddDepth(protocol.Sums, frame, protocol.Of(i));
                if (motion is not null) AddFlicker(protocol.Sums, frame, next!, motion, protocol.Of(i), protocol.Of(i + 1));
            });
        }

        return [.. protocols.SelectMany(p => RegionNames.Select((region, r) => p.Sums[r].Row(what, region, p.Name)))];
    }

    private static void AddDepth(MetricSums[] sums, Frame frame, DepthAlignment alignment)
    {
        Span<MetricSums> own = stackalloc MetricSums[2];
        for (var i = 0; i < frame.Truth.Samples.Length; i++)
        {
            float g = frame.Truth.Samples[i], d = frame.Predicted.Samples[i];
            if (!ClipAlignment.Usable(g) || !ClipAlignment.Usable(d)) continue;
            own[frame.Moving.Samples[i] == 0 ? 0 : 1].AddDepth(alignment.Apply(d), g);
        }

        Merge(sums, own);
    }

    private static void AddFlicker(MetricSums[] sums, Frame frame, Frame next, TrueMotion motion, DepthAlignment now, DepthAlignment then)
    {
        Span<MetricSums> own = stackalloc MetricSums[2];
        int width = frame.Truth.Width, height = frame.Truth.Height;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                float g = frame.Truth.Samples[i], d = frame.Predicted.Samples[i], target = motion.TargetDepth.Samples[i];
                if (motion.Visible.Samples[i] == 0 || !ClipAlignment.Usable(g) || !ClipAlignment.Usable(d) || !ClipAlignment.Usable(target)) continue;
                double u = x + motion.Flow.Samples[2 * i], v = y + motion.Flow.Samples[(2 * i) + 1];
                if (!(Math.Abs((DisparitySampling.At(next.Truth, u, v) / target) - 1) < EdgeTolerance)) continue;
                var later = DisparitySampling.At(next.Predicted, u, v);
                if (!(later > 0)) continue;
                var change = Math.Log(then.Apply(later) / now.Apply(d));
                own[frame.Moving.Samples[i] == 0 ? 0 : 1].AddFlicker(Math.Abs(change - Math.Log(target / g)));
            }

        Merge(sums, own);
    }

    private static void Merge(MetricSums[] sums, Span<MetricSums> staticAndMoving)
    {
        sums[(int)DepthRegion.All].Add(staticAndMoving[0]);
        sums[(int)DepthRegion.All].Add(staticAndMoving[1]);
        sums[(int)DepthRegion.Static].Add(staticAndMoving[0]);
        sums[(int)DepthRegion.Moving].Add(staticAndMoving[1]);
    }

    private Frame Load(Func<int, Raster<float>> depth, int frameIndex) =>
        new(truth.Depth(frameIndex), At(depth, frameIndex), truth.MovingMask(frameIndex));

    private Raster<float> At(Func<int, Raster<float>> depth, int frameIndex) =>
        DisparitySampling.Resize(depth(frameIndex), truth.Width, truth.Height);

    private sealed record Frame(Raster<float> Truth, Raster<float> Predicted, Raster<byte> Moving);
}
