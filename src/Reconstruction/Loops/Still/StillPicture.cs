using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>What the reference camera sees of the still scene; its pixels are texels, so nothing is filtered.</summary>
/// <param name="Disparity">1/z, composited.</param>
/// <param name="Loopability">0..1.</param>
public sealed record StillPicture(Raster<byte> Rgb, Raster<float> Disparity, Raster<float> Loopability)
{
    public static StillPicture Of(StillPlanes planes)
    {
        ArgumentNullException.ThrowIfNull(planes);
        var reference = planes.Geometry.Reference;
        var picture = new StillPicture(new(reference.Width, reference.Height, 3), new(reference.Width, reference.Height), new(reference.Width, reference.Height));
        int left = (int)Math.Round(planes.Geometry.Plane.Cx - reference.Cx), top = (int)Math.Round(planes.Geometry.Plane.Cy - reference.Cy);
        Parallel.For(0, reference.Height, y =>
        {
            for (var x = 0; x < reference.Width; x++) picture.Pixel(planes, x, y, left + x, top + y);
        });
        return picture;
    }

    private void Pixel(StillPlanes planes, int x, int y, int column, int row)
    {
        float light = 1, red = 0, green = 0, blue = 0;
        for (var plane = 0; plane < planes.Geometry.Planes; plane++)
        {
            var weight = light * planes.At(plane, 3, column, row);
            red += weight * planes.At(plane, 0, column, row);
            green += weight * planes.At(plane, 1, column, row);
            blue += weight * planes.At(plane, 2, column, row);
            Disparity[x, y] += weight / (float)planes.Geometry.PlaneDepths[plane];
            Loopability[x, y] += weight * planes.At(plane, 4, column, row);
            light -= weight;
        }

        (Rgb[x, y, 0], Rgb[x, y, 1], Rgb[x, y, 2]) = (Byte(red), Byte(green), Byte(blue));
    }

    private static byte Byte(float value) => (byte)Math.Clamp((255 * value) + 0.5f, 0, 255);
}
