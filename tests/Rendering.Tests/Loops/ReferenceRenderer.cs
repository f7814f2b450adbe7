using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Rendering.Tests.Loops;

/// <summary>The rendering equation, written down once more in double precision: rays met with planes, dense planes with empty tiles zero, no shortcut.</summary>
internal static class ReferenceRenderer
{
    /// <summary>[row, column, RGBA], premultiplied.</summary>
    public static double[] Render(MultiTileVideo video, Intrinsics camera, RigidTransform camFromReference, int frame)
    {
        var planes = Enumerable.Range(0, video.Geometry.Planes).Select(k => Dense(video, k, LoopTime.FrameOf(frame, video.Frames))).ToArray();
        var picture = new double[camera.Width * camera.Height * 4];
        var referenceFromCam = camFromReference.Inverse();
        for (var y = 0; y < camera.Height; y++)
            for (var x = 0; x < camera.Width; x++)
            {
                var ray = referenceFromCam.Rotation * camera.Unproject(x, y, 1);
                Composite(video.Geometry, planes, referenceFromCam.Translation, ray, picture.AsSpan(((y * camera.Width) + x) * 4, 4));
            }

        return picture;
    }

    /// <summary>A plane's texels, straight, [row, column, RGBA]; zero where its tiles are empty.</summary>
    public static double[] Dense(MultiTileVideo video, int plane, int frame)
    {
        var g = video.Geometry;
        var dense = new double[g.Plane.Width * g.Plane.Height * 4];
        for (var y = 0; y < g.Plane.Height; y++)
            for (var x = 0; x < g.Plane.Width; x++)
            {
                var entry = video.Tiles[plane, y / g.TileSize, x / g.TileSize];
                if (entry == TileTable.Empty) continue;
                var tile = video.Tile(entry, frame);
                for (var c = 0; c < 4; c++) dense[(((y * g.Plane.Width) + x) * 4) + c] = tile[((((y % g.TileSize) * g.TileSize) + (x % g.TileSize)) * 4) + c];
            }

        return dense;
    }

    /// <summary>Bilinear lookup of premultiplied texels; outside is zero.</summary>
    public static double[] Sample(double[] dense, int width, int height, double u, double v)
    {
        var sum = new double[4];
        int u0 = (int)Math.Floor(u), v0 = (int)Math.Floor(v);
        for (var j = 0; j < 2; j++)
            for (var i = 0; i < 2; i++)
            {
                int a = u0 + i, b = v0 + j;
                if (a < 0 || b < 0 || a >= width || b >= height) continue;
                var share = (i == 0 ? 1 - (u - u0) : u - u0) * (j == 0 ? 1 - (v - v0) : v - v0);
                var at = ((b * width) + a) * 4;
                for (var c = 0; c < 3; c++) sum[c] += share * dense[at + c] * dense[at + 3];
                sum[3] += share * dense[at + 3];
            }

        return sum;
    }

    private static void Composite(LoopGeometry geometry, double[][] planes, Vec3 centre, Vec3 ray, Span<double> pixel)
    {
        var light = 1.0;
        for (var k = 0; k < planes.Length; k++)
        {
            var along = (geometry.PlaneDepths[k] - centre.Z) / ray.Z;
            if (!(ray.Z > 0) || !(along > 0)) continue;
            var (u, v) = geometry.Plane.Project(centre + (ray * along));
            var texel = Sample(planes[k], geometry.Plane.Width, geometry.Plane.Height, u, v);
            for (var c = 0; c < 4; c++) pixel[c] += light * texel[c];
            light *= 1 - texel[3];
        }
    }
}
