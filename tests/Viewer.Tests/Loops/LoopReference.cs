using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>What a picture of a <see cref="HandMadeLoop"/> must be, ray by ray and plane by plane, in double.</summary>
internal static class LoopReference
{
    /// <param name="lens">fx, fy, cx, cy with pixel centres at +0.5.</param>
    public static Raster<byte> Render(HandMadeLoop loop, double[] lens, int width, int height, RigidTransform camFromReference, int frame)
    {
        var picture = new Raster<byte>(width, height, 3);
        var referenceFromCam = camFromReference.Inverse();
        for (var v = 0; v < height; v++)
            for (var u = 0; u < width; u++)
            {
                var ray = referenceFromCam.Rotation * new Vec3((u + 0.5 - lens[2]) / lens[0], (v + 0.5 - lens[3]) / lens[1], 1);
                var colour = Composite(loop, camFromReference.Center, ray, frame);
                for (var c = 0; c < 3; c++) picture[u, v, c] = (byte)Math.Round(255 * Math.Clamp(colour[c], 0, 1));
            }

        return picture;
    }

    private static double[] Composite(HandMadeLoop loop, Vec3 centre, Vec3 ray, int frame)
    {
        var (sum, through) = (new double[3], 1.0);
        for (var plane = 0; plane < HandMadeLoop.Planes; plane++)
        {
            var depth = HandMadeLoop.Depths[plane];
            var at = centre + (ray * ((depth - centre.Z) / ray.Z));
            var texel = Sample(loop, plane, frame, (at.X / depth * HandMadeLoop.Focal) + (HandMadeLoop.Width / 2.0) - 0.5, (at.Y / depth * HandMadeLoop.Focal) + (HandMadeLoop.Height / 2.0) - 0.5);
            for (var c = 0; c < 3; c++) sum[c] += through * texel[c];
            through *= 1 - texel[3];
        }

        return sum;
    }

    private static double[] Sample(HandMadeLoop loop, int plane, int frame, double x, double y)
    {
        var (left, top, result) = ((int)Math.Floor(x), (int)Math.Floor(y), new double[4]);
        for (var dy = 0; dy < 2; dy++)
            for (var dx = 0; dx < 2; dx++)
            {
                var weight = (dx == 0 ? 1 - (x - left) : x - left) * (dy == 0 ? 1 - (y - top) : y - top);
                var texel = loop.Texel(plane, frame, left + dx, top + dy);
                for (var c = 0; c < 4; c++) result[c] += weight * texel[c] / 255;
            }

        return result;
    }
}
