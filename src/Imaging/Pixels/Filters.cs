using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>Neighbourhood operations. Inputs are never changed; results have the input's size, channels and sample type unless said.</summary>
public static unsafe class Filters
{
    private const int MaxComponents = 1 << 20;

    /// <summary>Gaussian of standard deviation <paramref name="sigmaPixels"/>, cut off at 4 sigma, mirrored at the border.</summary>
    public static Raster<T> GaussianBlur<T>(Raster<T> image, double sigmaPixels) where T : unmanaged
    {
        if (sigmaPixels <= 0) return image.Clone();
        var size = (2 * (int)Math.Ceiling(4 * sigmaPixels)) + 1;
        return Run(image, (from, to) =>
            Cv.d3cv_gaussian(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, size, size, sigmaPixels, sigmaPixels, to), "Gaussian");
    }

    /// <summary>Median over a square of <paramref name="size"/> 3 or 5 (bytes: any odd size). Floats must not hold NaN.</summary>
    public static Raster<T> MedianBlur<T>(Raster<T> image, int size) where T : unmanaged =>
        Run(image, (from, to) => Cv.d3cv_median(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, size, to), "median");

    /// <summary>Mean over a (2 <paramref name="radius"/> + 1) square, at the edges over the part inside.</summary>
    public static Raster<float> BoxMean(Raster<float> image, int radius) =>
        Run(image, (from, to) => Cv.d3cv_box_mean(from, image.Width, image.Height, 5, image.Channels, radius, to), "box mean");

    public static Raster<T> Erode<T>(Raster<T> image, int radius) where T : unmanaged => Morphology(image, 0, radius);

    /// <summary>Maximum over a disc of <paramref name="radius"/> pixels.</summary>
    public static Raster<T> Dilate<T>(Raster<T> image, int radius) where T : unmanaged => Morphology(image, 1, radius);

    /// <summary>Erode, then dilate: drops specks.</summary>
    public static Raster<T> Open<T>(Raster<T> image, int radius) where T : unmanaged => Morphology(image, 2, radius);

    /// <summary>Dilate, then erode: fills holes.</summary>
    public static Raster<T> Close<T>(Raster<T> image, int radius) where T : unmanaged => Morphology(image, 3, radius);

    /// <summary>Edge-preserving mean over a disc of <paramref name="diameter"/> pixels; 1 or 3 channels, byte or float.</summary>
    public static Raster<T> Bilateral<T>(Raster<T> image, int diameter, double sigmaColour, double sigmaSpace) where T : unmanaged =>
        Run(image, (from, to) => Cv.d3cv_bilateral(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, diameter, sigmaColour,
            sigmaSpace, to), "bilateral");

    /// <summary>Variance of the Laplacian of a grey picture: low where nothing is sharp.</summary>
    public static double LaplacianVariance(Raster<byte> gray)
    {
        CvCall.Channels(gray, 1, "grey picture");
        double variance;
        fixed (byte* from = gray.Samples) CvCall.Check(Cv.d3cv_laplacian_variance(from, gray.Width, gray.Height, &variance), "Laplacian");
        return variance;
    }

    /// <summary>Derivatives per pixel in x and y (Sobel 3x3 over 8).</summary>
    public static (Raster<float> Dx, Raster<float> Dy) Gradient<T>(Raster<T> gray) where T : unmanaged
    {
        CvCall.Channels(gray, 1, "grey picture");
        var dx = new Raster<float>(gray.Width, gray.Height);
        var dy = new Raster<float>(gray.Width, gray.Height);
        fixed (T* from = gray.Samples)
        fixed (float* x = dx.Samples)
        fixed (float* y = dy.Samples)
        {
            CvCall.Check(Cv.d3cv_sobel(from, gray.Width, gray.Height, CvCall.Depth<T>(), 1, 0, x), "Sobel");
            CvCall.Check(Cv.d3cv_sobel(from, gray.Width, gray.Height, CvCall.Depth<T>(), 0, 1, y), "Sobel");
        }

        return (dx, dy);
    }

    /// <summary>Regions of non-zero pixels, 8-connected.</summary>
    public static Components ConnectedComponents(Raster<byte> mask)
    {
        CvCall.Channels(mask, 1, "mask");
        var labels = new Raster<int>(mask.Width, mask.Height);
        var capacity = Math.Min(MaxComponents, (mask.PixelCount / 2) + 2);
        var statistics = new int[capacity * 5];
        int count;
        fixed (byte* from = mask.Samples)
        fixed (int* to = labels.Samples)
        fixed (int* stats = statistics)
            CvCall.Check(Cv.d3cv_components(from, mask.Width, mask.Height, to, stats, capacity, &count), "connected components");
        var regions = new Component[Math.Min(count, capacity) - 1];
        for (var i = 0; i < regions.Length; i++)
        {
            var s = statistics.AsSpan((i + 1) * 5, 5);
            regions[i] = new Component(i + 1, s[0], s[1], s[2], s[3], s[4]);
        }

        return new Components(labels, regions);
    }

    /// <summary>Euclidean distance in pixels from each non-zero pixel to the nearest zero pixel; 0 at zero pixels.</summary>
    public static Raster<float> DistanceTransform(Raster<byte> mask)
    {
        CvCall.Channels(mask, 1, "mask");
        var result = new Raster<float>(mask.Width, mask.Height);
        fixed (byte* from = mask.Samples)
        fixed (float* to = result.Samples) CvCall.Check(Cv.d3cv_distance(from, mask.Width, mask.Height, to), "distance transform");
        return result;
    }

    /// <summary>GrabCut from labels of <see cref="GrabCutLabel"/>; returns refined labels. Seeded: the same input gives the same cut.</summary>
    public static Raster<byte> GrabCut(Raster<byte> rgb, Raster<byte> labels, int iterations = 3, int seed = 1)
    {
        CvCall.Channels(rgb, 3, "picture");
        CvCall.Channels(labels, 1, "labels");
        CvCall.SameSize(rgb, labels, "GrabCut");
        var result = labels.Clone();
        fixed (byte* from = rgb.Samples)
        fixed (byte* to = result.Samples) CvCall.Check(Cv.d3cv_grab_cut(from, rgb.Width, rgb.Height, to, iterations, seed), "GrabCut");
        return result;
    }

    /// <summary>Fills pixels where the mask is not zero from their surroundings (Telea). Bytes: 1 or 3 channels; floats: one.</summary>
    public static Raster<T> Inpaint<T>(Raster<T> image, Raster<byte> mask, double radiusPixels = 3) where T : unmanaged
    {
        CvCall.SameSize(image, mask, "inpaint");
        fixed (byte* holes = mask.Samples)
        {
            var pinned = (nint)holes;
            return Run(image, (from, to) => Cv.d3cv_inpaint(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, (byte*)pinned,
                radiusPixels, 1, to), "inpaint");
        }
    }

    /// <summary>Guided filter (He et al. 2010): smooths <paramref name="source"/> along the edges of a grey or RGB guide.</summary>
    /// <param name="guide">Same size, 1 or 3 channels.</param>
    /// <param name="source">One channel.</param>
    /// <param name="epsilon">Regularisation in squared guide units; 1e-4 to 1e-2 for a guide in [0, 1].</param>
    public static Raster<float> GuidedFilter(Raster<float> guide, Raster<float> source, int radius, double epsilon) =>
        Imaging.GuidedFilter.Run(guide, source, radius, epsilon);

    private static Raster<T> Morphology<T>(Raster<T> image, int operation, int radius) where T : unmanaged =>
        radius <= 0
            ? image.Clone()
            : Run(image, (from, to) => Cv.d3cv_morphology(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, operation, radius,
                to), "morphology");

    private delegate int Call(void* from, void* to);

    private static Raster<T> Run<T>(Raster<T> image, Call call, string what) where T : unmanaged
    {
        var result = new Raster<T>(image.Width, image.Height, image.Channels);
        fixed (T* from = image.Samples)
        fixed (T* to = result.Samples) CvCall.Check(call(from, to), what);
        return result;
    }
}
