using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>
/// Spreads trusted values over a picture without crossing its edges: separable solves of the smoothness equations along rows and columns,
/// several times with falling weight (Min et al., Fast global image smoothing, 2014), of value times confidence and of confidence; their quotient.
/// </summary>
internal sealed class EdgeAwareFill
{
    private const int Iterations = 3;
    private readonly int _width, _height;
    private readonly float[] _right, _down;

    /// <param name="rgb">The guide.</param>
    /// <param name="contrast">Colour difference (0..255, largest channel) that cuts the connection between neighbours to 1/e.</param>
    public EdgeAwareFill(Raster<byte> rgb, float contrast = 8)
    {
        (_width, _height) = (rgb.Width, rgb.Height);
        _right = new float[rgb.PixelCount];
        _down = new float[rgb.PixelCount];
        Parallel.For(0, _height, y =>
        {
            for (var x = 0; x < _width; x++)
            {
                var i = (y * _width) + x;
                if (x + 1 < _width) _right[i] = Connection(rgb.Samples, i, i + 1, contrast);
                if (y + 1 < _height) _down[i] = Connection(rgb.Samples, i, i + _width, contrast);
            }
        });
    }

    /// <summary>The filled values; where no confidence reaches, <paramref name="otherwise"/>.</summary>
    /// <param name="reachPixels">About how far a value spreads over an even surface.</param>
    public Raster<float> Run(Raster<float> values, Raster<float> confidence, double reachPixels, float otherwise)
    {
        var above = new float[_width * _height];
        var below = (float[])confidence.Samples.Clone();
        for (var i = 0; i < above.Length; i++) above[i] = values.Samples[i] * confidence.Samples[i];
        for (var t = 1; t <= Iterations; t++)
        {
            var lambda = (float)(1.5 * Math.Pow(4, Iterations - t) / (Math.Pow(4, Iterations) - 1) * reachPixels * reachPixels);
            Smooth(above, below, lambda);
        }

        var result = new Raster<float>(_width, _height);
        for (var i = 0; i < above.Length; i++) result.Samples[i] = below[i] > 1e-12f ? above[i] / below[i] : otherwise;
        return result;
    }

    private static float Connection(byte[] rgb, int a, int b, float contrast)
    {
        var difference = Math.Max(Math.Abs(rgb[3 * a] - rgb[3 * b]),
            Math.Max(Math.Abs(rgb[(3 * a) + 1] - rgb[(3 * b) + 1]), Math.Abs(rgb[(3 * a) + 2] - rgb[(3 * b) + 2])));
        return MathF.Exp(-difference / contrast) + 1e-4f; // never quite cut: a closed outline must be filled too
    }

    private void Smooth(float[] above, float[] below, float lambda)
    {
        Parallel.For(0, _height, y => Line(above, below, _right, y * _width, 1, _width, lambda));
        Parallel.For(0, _width, x => Line(above, below, _down, x, _width, _height, lambda));
    }

    /// <summary>Thomas algorithm on one line for both right sides at once.</summary>
    private static void Line(float[] above, float[] below, float[] connection, int start, int step, int count, float lambda)
    {
        Span<float> ratio = count <= 4096 ? stackalloc float[count] : new float[count];
        float before = 0, previousRatio = 0, previousAbove = 0, previousBelow = 0;
        for (int n = 0, i = start; n < count; n++, i += step)
        {
            var after = n + 1 < count ? lambda * connection[i] : 0;
            var pivot = 1 / (1 + before + after - (before * previousRatio));
            previousRatio = ratio[n] = after * pivot;
            previousAbove = above[i] = (above[i] + (before * previousAbove)) * pivot;
            previousBelow = below[i] = (below[i] + (before * previousBelow)) * pivot;
            before = after;
        }

        for (int n = count - 2, i = start + ((count - 2) * step); n >= 0; n--, i -= step)
        {
            above[i] += ratio[n] * above[i + step];
            below[i] += ratio[n] * below[i + step];
        }
    }
}
