namespace Depth3D.Imaging;

/// <summary>Separable implementation of <see cref="Resize.AntiAliased"/>: one pass per axis, each a Gaussian then a bilinear sample.</summary>
internal static class AntiAliasedResize
{
    private const double TruncateSigmas = 4;

    public static Raster<float> Run(Raster<float> image, int width, int height)
    {
        var (low, high) = Range(image.Samples);
        var tapsX = Taps.Make(image.Width, width);
        var tapsY = Taps.Make(image.Height, height);
        var channels = image.Channels;
        var narrow = new Raster<float>(width, image.Height, channels);
        Parallel.For(0, image.Height, y =>
        {
            ReadOnlySpan<float> from = image.Row(y);
            var to = narrow.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (indices, weights) = tapsX[x];
                for (var c = 0; c < channels; c++)
                {
                    double sum = 0;
                    for (var k = 0; k < indices.Length; k++) sum += weights[k] * from[(indices[k] * channels) + c];
                    to[(x * channels) + c] = (float)sum;
                }
            }
        });
        var result = new Raster<float>(width, height, channels);
        Parallel.For(0, height, y =>
        {
            var (indices, weights) = tapsY[y];
            var sums = new double[width * channels];
            for (var k = 0; k < indices.Length; k++)
            {
                ReadOnlySpan<float> from = narrow.Row(indices[k]);
                for (var i = 0; i < sums.Length; i++) sums[i] += weights[k] * from[i];
            }

            var to = result.Row(y);
            for (var i = 0; i < sums.Length; i++) to[i] = Math.Clamp((float)sums[i], low, high);
        });
        return result;
    }

    private static (float Low, float High) Range(float[] samples)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (var value in samples)
        {
            if (value < low) low = value;
            if (value > high) high = value;
        }

        return low <= high ? (low, high) : (float.NegativeInfinity, float.PositiveInfinity);
    }

    /// <summary>Source positions and weights of each target position: the bilinear pair convolved with the Gaussian.</summary>
    private static class Taps
    {
        public static (int[] Indices, double[] Weights)[] Make(int sourceSize, int size)
        {
            var factor = sourceSize / (double)size;
            var kernel = Gaussian(Math.Max(0, (factor - 1) / 2));
            var radius = kernel.Length / 2;
            var taps = new (int[], double[])[size];
            for (var target = 0; target < size; target++)
            {
                var at = ((target + 0.5) * factor) - 0.5;
                var first = (int)Math.Floor(at);
                var fraction = at - first;
                var indices = new int[kernel.Length * 2];
                var weights = new double[kernel.Length * 2];
                for (var k = 0; k < kernel.Length; k++)
                {
                    // The bilinear sample mirrors too, so its neighbours are first made valid and then filtered.
                    indices[k] = Mirror(Mirror(first, sourceSize) + k - radius, sourceSize);
                    weights[k] = (1 - fraction) * kernel[k];
                    indices[kernel.Length + k] = Mirror(Mirror(first + 1, sourceSize) + k - radius, sourceSize);
                    weights[kernel.Length + k] = fraction * kernel[k];
                }

                taps[target] = (indices, weights);
            }

            return taps;
        }

        private static double[] Gaussian(double sigma)
        {
            if (sigma <= 0) return [1];
            var radius = (int)((TruncateSigmas * sigma) + 0.5);
            var kernel = new double[(2 * radius) + 1];
            double sum = 0;
            for (var i = -radius; i <= radius; i++) sum += kernel[i + radius] = Math.Exp(-0.5 * i * i / (sigma * sigma));
            for (var i = 0; i < kernel.Length; i++) kernel[i] /= sum;
            return kernel;
        }

        /// <summary>Mirrored at the edge pixel's centre (dcb|abcd|cba), for any distance.</summary>
        private static int Mirror(int index, int size)
        {
            if (size == 1) return 0;
            var period = 2 * (size - 1);
            var folded = ((index % period) + period) % period;
            return folded < size ? folded : period - folded;
        }
    }
}
