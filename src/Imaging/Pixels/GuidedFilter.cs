using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>He, Sun, Tang: Guided image filtering (2010), equations 5, 6 and 8 (grey guide) and 14 to 16 (colour guide).</summary>
internal static class GuidedFilter
{
    public static Raster<float> Run(Raster<float> guide, Raster<float> source, int radius, double epsilon)
    {
        CvCall.Channels(source, 1, "source of the guided filter");
        CvCall.SameSize(guide, source, "guided filter");
        if (guide.Channels is not (1 or 3)) throw new ArgumentException($"a guide has 1 or 3 channels, got {guide.Channels}");
        var n = guide.Channels;
        var meanGuide = Filters.BoxMean(guide, radius);
        var meanSource = Filters.BoxMean(source, radius);
        var meanProduct = Filters.BoxMean(Products(guide, source), radius);
        var meanSquares = Filters.BoxMean(Squares(guide), radius);
        var coefficients = new Raster<float>(guide.Width, guide.Height, n + 1); // a per guide channel, then b
        Parallel.For(0, guide.Height, y =>
        {
            for (var x = 0; x < guide.Width; x++)
            {
                var i = (y * guide.Width) + x;
                var mean = meanGuide.Samples.AsSpan(i * n, n);
                var covariance = meanProduct.Samples.AsSpan(i * n, n);
                var result = coefficients.Samples.AsSpan(i * (n + 1), n + 1);
                var squares = meanSquares.Samples.AsSpan(i * (n == 1 ? 1 : 6));
                if (n == 1)
                    result[0] = (float)((covariance[0] - (mean[0] * meanSource.Samples[i])) / (squares[0] - (mean[0] * mean[0]) + epsilon));
                else
                    Solve(squares, mean, covariance, meanSource.Samples[i], epsilon, result);
                var offset = meanSource.Samples[i];
                for (var c = 0; c < n; c++) offset -= result[c] * mean[c];
                result[n] = offset;
            }
        });
        var smooth = Filters.BoxMean(coefficients, radius);
        var filtered = new Raster<float>(source.Width, source.Height);
        for (var i = 0; i < filtered.Samples.Length; i++)
        {
            var value = smooth.Samples[(i * (n + 1)) + n];
            for (var c = 0; c < n; c++) value += smooth.Samples[(i * (n + 1)) + c] * guide.Samples[(i * n) + c];
            filtered.Samples[i] = value;
        }

        return filtered;
    }

    private static Raster<float> Products(Raster<float> guide, Raster<float> source)
    {
        var result = guide.Clone();
        for (var i = 0; i < source.Samples.Length; i++)
            for (var c = 0; c < guide.Channels; c++) result.Samples[(i * guide.Channels) + c] *= source.Samples[i];
        return result;
    }

    /// <summary>Grey: I I; colour: RR, RG, RB, GG, GB, BB.</summary>
    private static Raster<float> Squares(Raster<float> guide)
    {
        var n = guide.Channels;
        var result = new Raster<float>(guide.Width, guide.Height, n == 1 ? 1 : 6);
        var at = 0;
        for (var i = 0; i < guide.PixelCount; i++)
            for (var a = 0; a < n; a++)
                for (var b = a; b < n; b++) result.Samples[at++] = guide.Samples[(i * n) + a] * guide.Samples[(i * n) + b];
        return result;
    }

    /// <summary>a = (Sigma + epsilon I)^-1 (cov), by the adjugate of the symmetric 3x3.</summary>
    private static void Solve(ReadOnlySpan<float> squares, ReadOnlySpan<float> mean, ReadOnlySpan<float> product, double meanSource,
        double epsilon, Span<float> result)
    {
        double rr = squares[0] - ((double)mean[0] * mean[0]) + epsilon, rg = squares[1] - ((double)mean[0] * mean[1]);
        double rb = squares[2] - ((double)mean[0] * mean[2]), gg = squares[3] - ((double)mean[1] * mean[1]) + epsilon;
        double gb = squares[4] - ((double)mean[1] * mean[2]), bb = squares[5] - ((double)mean[2] * mean[2]) + epsilon;
        double r = product[0] - (mean[0] * meanSource), g = product[1] - (mean[1] * meanSource), b = product[2] - (mean[2] * meanSource);
        double i00 = (gg * bb) - (gb * gb), i01 = (rb * gb) - (rg * bb), i02 = (rg * gb) - (rb * gg);
        double i11 = (rr * bb) - (rb * rb), i12 = (rg * rb) - (rr * gb), i22 = (rr * gg) - (rg * rg);
        var determinant = (rr * i00) + (rg * i01) + (rb * i02);
        result[0] = (float)(((i00 * r) + (i01 * g) + (i02 * b)) / determinant);
        result[1] = (float)(((i01 * r) + (i11 * g) + (i12 * b)) / determinant);
        result[2] = (float)(((i02 * r) + (i12 * g) + (i22 * b)) / determinant);
    }
}
