using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>
/// Resampling with half-pixel centres: target pixel x looks at source (x + 0.5) f - 0.5 with f = source size / target size. Any number of
/// channels; the result has the same number. Flow needs its vectors scaled as well: use <see cref="Flow"/>.
/// </summary>
public static unsafe class Resize
{
    /// <summary>Mean over the source area of each target pixel; for shrinking.</summary>
    public static Raster<T> Area<T>(Raster<T> image, int width, int height) where T : unmanaged => Run(image, width, height, 3);

    /// <summary>Bilinear without anti-aliasing (spec 1.1).</summary>
    public static Raster<T> Linear<T>(Raster<T> image, int width, int height) where T : unmanaged => Run(image, width, height, 1);

    /// <summary>Bicubic without anti-aliasing; may overshoot.</summary>
    public static Raster<T> Cubic<T>(Raster<T> image, int width, int height) where T : unmanaged => Run(image, width, height, 2);

    /// <summary>The sample whose pixel centre is nearest; for masks and labels.</summary>
    public static Raster<T> Nearest<T>(Raster<T> image, int width, int height) where T : unmanaged
    {
        var result = new Raster<T>(width, height, image.Channels);
        var columns = new int[width];
        for (var x = 0; x < width; x++) columns[x] = Source(x, width, image.Width) * image.Channels;
        for (var y = 0; y < height; y++)
        {
            var from = image.Row(Source(y, height, image.Height));
            var to = result.Row(y);
            for (var x = 0; x < width; x++)
                for (var c = 0; c < image.Channels; c++) to[(x * image.Channels) + c] = from[columns[x] + c];
        }

        return result;
    }

    /// <summary>
    /// The anti-aliased rule of spec 1.4: Gaussian prefilter of sigma max(0, (f - 1) / 2) per axis, cut off at 4 sigma and mirrored at
    /// the border, then bilinear, clipped to the range of the input.
    /// </summary>
    public static Raster<float> AntiAliased(Raster<float> image, int width, int height) => AntiAliasedResize.Run(image, width, height);

    /// <summary>Resamples flow (2 channels, pixels) bicubically and scales its vectors to the new size (spec 1.5).</summary>
    public static Raster<float> Flow(Raster<float> flow, int width, int height)
    {
        CvCall.Channels(flow, 2, "flow");
        var result = Cubic(flow, width, height);
        float scaleX = width / (float)flow.Width, scaleY = height / (float)flow.Height;
        var samples = result.Samples;
        for (var i = 0; i < samples.Length; i += 2)
        {
            samples[i] *= scaleX;
            samples[i + 1] *= scaleY;
        }

        return result;
    }

    private static int Source(int target, int size, int sourceSize) =>
        Math.Clamp((int)Math.Floor((target + 0.5) * sourceSize / size), 0, sourceSize - 1);

    private static Raster<T> Run<T>(Raster<T> image, int width, int height, int interpolation) where T : unmanaged
    {
        var result = new Raster<T>(width, height, image.Channels);
        fixed (T* from = image.Samples)
        fixed (T* to = result.Samples)
        {
            CvCall.Check(Cv.d3cv_resize(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, interpolation, width, height, to),
                "resize");
        }

        return result;
    }
}
