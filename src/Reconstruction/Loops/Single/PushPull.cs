using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Fills what is unknown with what surrounds it, smoothly (push-pull, spec 9.7): weighted means of ever coarser squares are pushed up, and pulled down into the
/// holes.
/// </summary>
internal static class PushPull
{
    /// <param name="known">One flag per pixel; known pixels are kept as they are.</param>
    /// <returns>The picture unchanged where nothing is known.</returns>
    public static Raster<byte> Fill(Raster<byte> rgb, bool[] known)
    {
        if (Array.IndexOf(known, true) < 0 || Array.IndexOf(known, false) < 0) return rgb;
        var level = new Level(rgb.Width, rgb.Height, rgb.Channels);
        for (var i = 0; i < known.Length; i++)
        {
            if (!known[i]) continue;
            level.Weights[i] = 1;
            for (var c = 0; c < rgb.Channels; c++) level.Values[(i * rgb.Channels) + c] = rgb.Samples[(i * rgb.Channels) + c];
        }

        var filled = Filled(level);
        var result = rgb.Clone();
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i]) continue;
            for (var c = 0; c < rgb.Channels; c++)
                result.Samples[(i * rgb.Channels) + c] = (byte)Math.Clamp(Math.Round(filled.Values[(i * rgb.Channels) + c]), 0, 255);
        }

        return result;
    }

    /// <summary>The level with values everywhere.</summary>
    private static Level Filled(Level level)
    {
        if (Array.TrueForAll(level.Weights, w => w >= 1) || (level.Width == 1 && level.Height == 1)) return level;
        var coarse = Filled(level.Halved());
        for (var y = 0; y < level.Height; y++)
        {
            for (var x = 0; x < level.Width; x++)
            {
                var i = (y * level.Width) + x;
                if (level.Weights[i] >= 1) continue;
                for (var c = 0; c < level.Channels; c++)
                {
                    ref var value = ref level.Values[(i * level.Channels) + c];
                    value = (level.Weights[i] * value) + ((1 - level.Weights[i]) * coarse.Smooth((x - 0.5) / 2, (y - 0.5) / 2, c));
                }

                level.Weights[i] = 1;
            }
        }

        return level;
    }

    /// <summary>Values are means of what is known; the weight says how much of the pixel is.</summary>
    private sealed class Level(int width, int height, int channels)
    {
        public int Width => width;

        public int Height => height;

        public int Channels => channels;

        public double[] Values { get; } = new double[width * height * channels];

        public double[] Weights { get; } = new double[width * height];

        public Level Halved()
        {
            var half = new Level((width + 1) / 2, (height + 1) / 2, channels);
            for (var i = 0; i < Weights.Length; i++)
            {
                var to = (i / width / 2 * half.Width) + (i % width / 2);
                half.Weights[to] += Weights[i];
                for (var c = 0; c < channels; c++) half.Values[(to * channels) + c] += Weights[i] * Values[(i * channels) + c];
            }

            for (var i = 0; i < half.Weights.Length; i++)
            {
                for (var c = 0; c < channels && half.Weights[i] > 0; c++) half.Values[(i * channels) + c] /= half.Weights[i];
                half.Weights[i] = Math.Min(1, half.Weights[i]);
            }

            return half;
        }

        public double Smooth(double x, double y, int c)
        {
            int x0 = (int)Math.Floor(x), y0 = (int)Math.Floor(y);
            double fx = x - x0, fy = y - y0;
            return ((1 - fy) * (((1 - fx) * At(x0, y0, c)) + (fx * At(x0 + 1, y0, c)))) + (fy * (((1 - fx) * At(x0, y0 + 1, c)) + (fx * At(x0 + 1, y0 + 1, c))));
        }

        private double At(int x, int y, int c) => Values[(((Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1)) * channels) + c];
    }
}
