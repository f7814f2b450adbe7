using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Fades one picture into another without the haze of a plain blend: where their detail has nothing in common, as in spray, half of each has only half the
/// contrast, and the fade would show as a softer moment of the loop. Detail is raised by what blending takes from it, <c>1 / sqrt((1 - w)^2 + w^2 + 2 w (1 - w) r)</c> with
/// r their correlation nearby; no colour leaves the range of the two pictures at its pixel. Pictures that agree are blended plainly.
/// </summary>
internal static class TextureBlend
{
    /// <summary>Detail is what a blur of this size takes away; correlation is measured over it.</summary>
    private const double DetailPixels = 4;

    /// <summary>Variance (of 255) below which detail is noise, and counts as common.</summary>
    private const float NoiseVariance = 4;

    /// <summary>(1 - weight) a + weight b with the contrast that a and b have.</summary>
    public static Raster<byte> Between(Raster<byte> a, Raster<byte> b, double weight)
    {
        Raster<float> detailA = Detail(a), detailB = Detail(b);
        var common = Correlation(detailA, detailB);
        var result = new Raster<byte>(a.Width, a.Height, a.Channels);
        double u = 1 - weight, w = weight;
        Parallel.For(0, a.Height, y =>
        {
            for (var n = y * a.Width * a.Channels; n < (y + 1) * a.Width * a.Channels; n++)
            {
                var gain = 1 / Math.Sqrt((u * u) + (w * w) + (2 * u * w * common.Samples[n / a.Channels]));
                var plain = (u * a.Samples[n]) + (w * b.Samples[n]);
                var raised = plain + ((gain - 1) * ((u * detailA.Samples[n]) + (w * detailB.Samples[n])));
                result.Samples[n] = (byte)Math.Round(Math.Clamp(raised, Math.Min(a.Samples[n], b.Samples[n]), Math.Max(a.Samples[n], b.Samples[n])));
            }
        });
        return result;
    }

    private static Raster<float> Detail(Raster<byte> picture)
    {
        var values = new Raster<float>(picture.Width, picture.Height, picture.Channels, Array.ConvertAll(picture.Samples, v => (float)v));
        var smooth = Filters.GaussianBlur(values, DetailPixels);
        for (var n = 0; n < values.Samples.Length; n++) values.Samples[n] -= smooth.Samples[n];
        return values;
    }

    /// <summary>Per pixel, 0..1, over all channels.</summary>
    private static Raster<float> Correlation(Raster<float> a, Raster<float> b)
    {
        var products = new Raster<float>(a.Width, a.Height, 3);
        for (var p = 0; p < a.PixelCount; p++)
        {
            for (var n = p * a.Channels; n < (p + 1) * a.Channels; n++)
            {
                products.Samples[3 * p] += a.Samples[n] * b.Samples[n] / a.Channels;
                products.Samples[(3 * p) + 1] += a.Samples[n] * a.Samples[n] / a.Channels;
                products.Samples[(3 * p) + 2] += b.Samples[n] * b.Samples[n] / a.Channels;
            }
        }

        products = Filters.GaussianBlur(products, DetailPixels);
        var common = new Raster<float>(a.Width, a.Height);
        for (var p = 0; p < common.Samples.Length; p++)
        {
            var (both, x, y) = (products.Samples[3 * p], products.Samples[(3 * p) + 1], products.Samples[(3 * p) + 2]);
            common.Samples[p] = Math.Clamp((both + NoiseVariance) / (MathF.Sqrt(x * y) + NoiseVariance), 0, 1);
        }

        return common;
    }
}
