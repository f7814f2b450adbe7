using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// How near a picture comes to the true one, over chosen pixels. PSNR is 10 log10(255² / MSE) over the three channels; SSIM that of Wang et al. 2004
/// on luma (BT.601) with a Gaussian window of 11 pixels, sigma 1.5, K1 = 0.01 and K2 = 0.03, the mean of its map over the chosen pixels.
/// </summary>
public sealed class PictureQuality
{
    private const int Radius = 5;
    private const double Sigma = 1.5, C1 = 0.01 * 0.01 * 255 * 255, C2 = 0.03 * 0.03 * 255 * 255;

    private double _squares, _similarity;

    /// <summary>Pixels counted so far.</summary>
    public long Pixels { get; private set; }

    /// <summary>Decibels; infinite for equal pictures, NaN where no pixel was counted.</summary>
    public double Psnr => Pixels == 0 ? double.NaN : 10 * Math.Log10(255.0 * 255 * 3 * Pixels / _squares);

    /// <summary>At most 1; NaN where no pixel was counted.</summary>
    public double Ssim => _similarity / Pixels;

    /// <summary>SSIM of every pixel.</summary>
    /// <param name="chosen">One flag per pixel: others count as equal, so that they do not reach into the windows of these; null for all.</param>
    /// <exception cref="ArgumentException">The pictures are not RGB of one size.</exception>
    public static Raster<float> SimilarityMap(Raster<byte> picture, Raster<byte> truth, bool[]? chosen = null)
    {
        if (picture.Width != truth.Width || picture.Height != truth.Height || picture.Channels != 3 || truth.Channels != 3)
            throw new ArgumentException($"{picture.Width}x{picture.Height}x{picture.Channels} against {truth.Width}x{truth.Height}x{truth.Channels}");
        double[] x = Luma(picture), y = Luma(truth);
        for (var i = 0; i < x.Length; i++)
            if (chosen is not null && !chosen[i]) x[i] = y[i];
        int width = picture.Width, height = picture.Height;
        double[] mx = Blur(x), my = Blur(y), xx = Blur(Product(x, x)), yy = Blur(Product(y, y)), xy = Blur(Product(x, y));
        var map = new Raster<float>(width, height);
        for (var i = 0; i < x.Length; i++)
        {
            double vx = xx[i] - (mx[i] * mx[i]), vy = yy[i] - (my[i] * my[i]), covariance = xy[i] - (mx[i] * my[i]);
            map.Samples[i] = (float)(((2 * mx[i] * my[i]) + C1) * ((2 * covariance) + C2)
                / (((mx[i] * mx[i]) + (my[i] * my[i]) + C1) * (vx + vy + C2)));
        }

        return map;
        double[] Blur(double[] values) => Blurred(values, width, height);
    }

    /// <param name="chosen">One flag per pixel.</param>
    public void Add(Raster<byte> picture, Raster<byte> truth, bool[] chosen)
    {
        var similarity = SimilarityMap(picture, truth, chosen);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (!chosen[i]) continue;
            for (var c = 3 * i; c < (3 * i) + 3; c++)
            {
                double difference = picture.Samples[c] - truth.Samples[c];
                _squares += difference * difference;
            }

            _similarity += similarity.Samples[i];
            Pixels++;
        }
    }

    private static double[] Luma(Raster<byte> rgb)
    {
        var luma = new double[rgb.PixelCount];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (0.299 * rgb.Samples[3 * i]) + (0.587 * rgb.Samples[(3 * i) + 1]) + (0.114 * rgb.Samples[(3 * i) + 2]);
        return luma;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var i = 0; i < a.Length; i++) product[i] = a[i] * b[i];
        return product;
    }

    /// <summary>Separable, borders repeated.</summary>
    private static double[] Blurred(double[] values, int width, int height)
    {
        var weights = new double[(2 * Radius) + 1];
        for (var k = 0; k < weights.Length; k++) weights[k] = Math.Exp(-(k - Radius) * (k - Radius) / (2 * Sigma * Sigma));
        var total = weights.Sum();
        for (var k = 0; k < weights.Length; k++) weights[k] /= total;
        var rows = new double[values.Length];
        var blurred = new double[values.Length];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
                for (var k = 0; k < weights.Length; k++) rows[(y * width) + x] += weights[k] * values[(y * width) + Math.Clamp(x + k - Radius, 0, width - 1)];
        });
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
                for (var k = 0; k < weights.Length; k++) blurred[(y * width) + x] += weights[k] * rows[(Math.Clamp(y + k - Radius, 0, height - 1) * width) + x];
        });
        return blurred;
    }
}
