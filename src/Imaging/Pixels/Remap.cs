using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>
/// Samples an image at given places: result(x, y) = image(xy(x, y)). Coordinates are absolute source pixels. OpenCV rounds
/// them to 1/32 pixel; <see cref="Exact"/> does not.
/// </summary>
public static unsafe class Remap
{
    /// <param name="xy">2 channels (x, y), of the size of the result.</param>
    public static Raster<float> Bilinear(Raster<float> image, Raster<float> xy, BorderMode border) => Run(image, xy, border);

    /// <inheritdoc cref="Bilinear(Raster{float}, Raster{float}, BorderMode)"/>
    public static Raster<byte> Bilinear(Raster<byte> image, Raster<float> xy, BorderMode border) => Run(image, xy, border);

    /// <summary>image(p + flow(p)), with flow of the image's size.</summary>
    public static Raster<float> ByFlow(Raster<float> image, Raster<float> flow, BorderMode border) => Exact(image, AddGrid(flow), border);

    /// <inheritdoc cref="ByFlow(Raster{float}, Raster{float}, BorderMode)"/>
    public static Raster<byte> ByFlow(Raster<byte> image, Raster<float> flow, BorderMode border) => Run(image, AddGrid(flow), border);

    /// <summary>p + flow(p): absolute coordinates from displacements.</summary>
    public static Raster<float> AddGrid(Raster<float> flow)
    {
        CvCall.Channels(flow, 2, "flow");
        var xy = flow.Clone();
        for (var y = 0; y < xy.Height; y++)
        {
            var row = xy.Row(y);
            for (var x = 0; x < xy.Width; x++)
            {
                row[2 * x] += x;
                row[(2 * x) + 1] += y;
            }
        }

        return xy;
    }

    /// <summary>Bilinear sampling in full float precision: the zero flow is the identity exactly. Non-finite places read as outside.</summary>
    public static Raster<float> Exact(Raster<float> image, Raster<float> xy, BorderMode border)
    {
        CvCall.Channels(xy, 2, "coordinates");
        var result = new Raster<float>(xy.Width, xy.Height, image.Channels);
        Parallel.For(0, xy.Height, y =>
        {
            var places = xy.Row(y);
            var row = result.Row(y);
            for (var x = 0; x < xy.Width; x++)
                Sample(image, places[2 * x], places[(2 * x) + 1], border, row.Slice(x * image.Channels, image.Channels));
        });
        return result;
    }

    private static void Sample(Raster<float> image, float x, float y, BorderMode border, Span<float> result)
    {
        result.Clear();
        if (!float.IsFinite(x) || !float.IsFinite(y)) return;
        x = Math.Clamp(x, -1e6f, 1e6f);
        y = Math.Clamp(y, -1e6f, 1e6f);
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        float fx = x - x0, fy = y - y0;
        for (var corner = 0; corner < 4; corner++)
        {
            int dx = corner & 1, dy = corner >> 1;
            var weight = (dx == 0 ? 1 - fx : fx) * (dy == 0 ? 1 - fy : fy);
            if (weight == 0) continue;
            int sx = Fold(x0 + dx, image.Width, border), sy = Fold(y0 + dy, image.Height, border);
            if (sx < 0 || sy < 0) continue;
            var source = image.Samples.AsSpan(((sy * image.Width) + sx) * image.Channels, image.Channels);
            for (var c = 0; c < source.Length; c++) result[c] += weight * source[c];
        }
    }

    private static int Fold(int index, int size, BorderMode border)
    {
        if ((uint)index < (uint)size) return index;
        if (border == BorderMode.Zero) return -1;
        if (border == BorderMode.Replicate || size == 1) return Math.Clamp(index, 0, size - 1);
        var period = 2 * (size - 1);
        var folded = ((index % period) + period) % period;
        return folded < size ? folded : period - folded;
    }

    private static Raster<T> Run<T>(Raster<T> image, Raster<float> xy, BorderMode border) where T : unmanaged
    {
        CvCall.Channels(xy, 2, "coordinates");
        var result = new Raster<T>(xy.Width, xy.Height, image.Channels);
        fixed (T* from = image.Samples)
        fixed (float* places = xy.Samples)
        fixed (T* to = result.Samples)
        {
            CvCall.Check(Cv.d3cv_remap(from, image.Width, image.Height, CvCall.Depth<T>(), image.Channels, places, xy.Width, xy.Height,
                (int)border, to), "remap");
        }

        return result;
    }
}
