using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>
/// Depth of every pixel of a clip whose camera travels: static pixels triangulated over the pairs, steadied over time and filled along the
/// picture's edges at working size; moving regions placed by contact and surroundings. In the cameras' unit.
/// </summary>
public sealed class GeometricPrior(GeometricPriorInputs inputs)
{
    /// <summary>Confidence below which a pixel is filled rather than kept.</summary>
    private const float Trusted = 0.25f;

    /// <summary>
    /// Where fewer static pixels are trusted, parallax is small, and what passes is what noise brought nearer: the noise of the flow is measured then. Of
    /// clips with more parallax 98 % are trusted.
    /// </summary>
    private const double FewKnown = 0.3;

    /// <summary>How far trusted depth spreads, shares of the width: to bridge specks, and to bridge moving regions.</summary>
    private const double NearReachShare = 0.012, FarReachShare = 0.25;

    /// <summary>Change of log-depth per training pixel at which a pixel is taken for a mixture of two surfaces.</summary>
    private const float EdgeLogDepth = 0.06f;

    /// <param name="found">Takes the depth of each frame, in order.</param>
    public GeometricPriorReport Run(Action<int, Raster<float>> found, Action<double> progress, CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation };
        var triangulated = Triangulate(options, 1, done => progress(0.35 * done));
        if (triangulated.Select((t, i) => Share(t.Confidence, inputs.TrainMask(i))).Average() < FewKnown)
        {
            var noise = MeasuredFlowNoise.Share(triangulated.SelectMany((t, i) => MeasuredFlowNoise.Residuals(i, inputs.Views(i), inputs.Cameras, t)));
            triangulated = Triangulate(options, noise, _ => { });
        }

        var known = new double[inputs.FrameCount];
        var statics = new Raster<float>[inputs.FrameCount];
        var clipMedian = ClipMedian(triangulated);
        var done = 0;
        Parallel.For(0, statics.Length, options, i =>
        {
            var fused = DepthFusion.Run(i, triangulated, inputs.Views(i), inputs.Cameras);
            known[i] = Share(fused.Confidence, inputs.TrainMask(i));
            statics[i] = Fill(fused, inputs.Rgb(i), inputs.Mask(i), 1 / clipMedian);
            progress(0.35 + (0.5 * Interlocked.Increment(ref done) / statics.Length));
        });

        PlaceMoving(statics, cancellation);
        for (var i = 0; i < statics.Length; i++)
        {
            found(i, statics[i]);
            progress(0.85 + (0.15 * (i + 1) / statics.Length));
        }

        return new GeometricPriorReport(known.Average(), clipMedian);
    }

    private TriangulatedDepth[] Triangulate(ParallelOptions options, double noiseShare, Action<double> progress)
    {
        var (found, done) = (new TriangulatedDepth[inputs.FrameCount], 0);
        Parallel.For(0, found.Length, options, i =>
        {
            found[i] = Triangulator.Run(i, inputs.Views(i), inputs.Cameras, inputs.TrainMask(i), noiseShare);
            progress(Interlocked.Increment(ref done) / (double)found.Length);
        });
        return found;
    }

    /// <summary>Depth everywhere as if nothing moved.</summary>
    internal static Raster<float> Fill(TriangulatedDepth fused, Raster<byte> rgb, Raster<byte> mask, float otherwise)
    {
        int w = rgb.Width, h = rgb.Height;
        var confidence = Resize.Linear(WithoutEdges(fused), w, h);
        var inverse = Resize.Linear(Spread(fused), w, h);
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            if (mask.Samples[i] != 0 || confidence.Samples[i] < 0.02f) confidence.Samples[i] = 0;
        }

        var fill = new EdgeAwareFill(rgb);
        var far = fill.Run(inverse, confidence, FarReachShare * w, otherwise);
        var near = fill.Run(inverse, confidence, NearReachShare * w, otherwise);
        var support = new Raster<float>(w, h);
        for (var i = 0; i < support.Samples.Length; i++) support.Samples[i] = Math.Min(1, confidence.Samples[i] / Trusted);
        support = Filters.BoxMean(support, Math.Max(1, w / 160));
        var depth = new Raster<float>(w, h);
        for (var i = 0; i < depth.Samples.Length; i++)
        {
            var trust = Math.Min(1, support.Samples[i] * 1.5f);
            depth.Samples[i] = 1 / Math.Max(1e-12f, (trust * near.Samples[i]) + ((1 - trust) * far.Samples[i]));
        }

        return depth;
    }

    /// <summary>Confidence, lowered where neighbouring depths jump: there flow and resampling mix two surfaces.</summary>
    private static Raster<float> WithoutEdges(TriangulatedDepth depth)
    {
        int w = depth.Confidence.Width, h = depth.Confidence.Height;
        var result = depth.Confidence.Clone();
        var d = depth.InverseDepth;
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                if (!(d[x, y] > 0)) continue;
                float low = d[x, y], high = low;
                for (var v = Math.Max(0, y - 1); v <= Math.Min(h - 1, y + 1); v++)
                {
                    for (var u = Math.Max(0, x - 1); u <= Math.Min(w - 1, x + 1); u++)
                    {
                        if (!(d[u, v] > 0)) continue;
                        low = Math.Min(low, d[u, v]);
                        high = Math.Max(high, d[u, v]);
                    }
                }

                var jump = MathF.Log(high / low) / (2 * EdgeLogDepth);
                result[x, y] /= 1 + (jump * jump * jump * jump);
            }
        }

        return result;
    }

    /// <summary>Inverse depth with unknown pixels set to a known neighbour's mean, so that enlarging does not mix in zeros.</summary>
    private static Raster<float> Spread(TriangulatedDepth depth)
    {
        var weighted = depth.InverseDepth.Clone();
        var weight = depth.Confidence;
        for (var i = 0; i < weighted.Samples.Length; i++) weighted.Samples[i] *= weight.Samples[i];
        var sum = Filters.BoxMean(weighted, 2);
        var total = Filters.BoxMean(weight, 2);
        var result = depth.InverseDepth.Clone();
        for (var i = 0; i < result.Samples.Length; i++)
            if (!(weight.Samples[i] > 0) && total.Samples[i] > 0) result.Samples[i] = sum.Samples[i] / total.Samples[i];
        return result;
    }

    private void PlaceMoving(Raster<float>[] depths, CancellationToken cancellation)
    {
        var layer = new MovingLayer();
        for (var i = 0; i < depths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mask = inputs.Mask(i);
            var flow = i == 0 ? null : inputs.Views(i - 1).FirstOrDefault(v => v.Gap == 1)?.Flow;
            layer.Add(i, mask, flow, (region, labels) => MovingPlacement.Observe(region, labels, mask, depths[i]));
        }

        for (var i = 0; i < depths.Length; i++) layer.Paint(i, inputs.Mask(i), depths[i]);
    }

    private static float ClipMedian(TriangulatedDepth[] all)
    {
        var depths = new List<float>();
        foreach (var frame in all)
        {
            for (var i = 0; i < frame.Confidence.Samples.Length; i += 7)
                if (frame.Confidence.Samples[i] > Trusted) depths.Add(1 / frame.InverseDepth.Samples[i]);
        }

        if (depths.Count == 0) return 1;
        depths.Sort();
        return depths[depths.Count / 2];
    }

    private static double Share(Raster<float> confidence, Raster<byte> moving)
    {
        int known = 0, all = 0;
        for (var i = 0; i < confidence.Samples.Length; i++)
        {
            if (moving.Samples[i] != 0) continue;
            all++;
            if (confidence.Samples[i] > Trusted) known++;
        }

        return all == 0 ? 0 : known / (double)all;
    }
}
