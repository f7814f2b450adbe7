using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Tests.Loops;

/// <summary>A scene as real ones are: an opaque wall, before it a disc with a soft rim whose colours move.</summary>
internal static class SmoothLoop
{
    public static MultiTileVideo Make(int frames)
    {
        var geometry = RandomLoops.Geometry();
        const int Disc = 1;
        var wall = geometry.Planes - 1;
        var labels = new TileLabel[geometry.TileCount];
        var perPlane = geometry.TilesX * geometry.TilesY;
        for (var i = 0; i < perPlane; i++)
        {
            labels[(wall * perPlane) + i] = TileLabel.Static;
            var (row, column) = (i / geometry.TilesX, i % geometry.TilesX);
            if (Math.Abs(row - (geometry.TilesY / 2)) <= 2 && Math.Abs(column - (geometry.TilesX / 2)) <= 2)
                labels[(Disc * perPlane) + i] = frames == 1 ? TileLabel.Static : TileLabel.Dynamic;
        }

        var builder = new MultiTileVideoBuilder(geometry, labels, frames);
        for (var frame = 0; frame < frames; frame++)
        {
            builder.TakePlane(wall, frame, Plane(geometry, (x, y) => (0.5 + (0.4 * Math.Sin(x * 0.3)), 0.5 + (0.4 * Math.Cos(y * 0.2)), 0.3 + (0.1 * Math.Sin((x + y) * 0.15)), 1)));
            var phase = 2 * Math.PI * frame / frames;
            builder.TakePlane(Disc, frame, Plane(geometry, (x, y) => (0.5 + (0.4 * Math.Sin((x * 0.4) + phase)), 0.6, 0.2 + (0.002 * y), DiscAlpha(geometry, x, y))));
        }

        return builder.Build(25, new ViewBox(new Vec3(0.1, 0.1, 0.05), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }

    private static double DiscAlpha(LoopGeometry geometry, double x, double y)
    {
        var radius = Math.Sqrt(Math.Pow(x - (geometry.Plane.Width / 2.0), 2) + Math.Pow(y - (geometry.Plane.Height / 2.0), 2));
        return Math.Clamp((14 - radius) / 4, 0, 1);
    }

    private static float[] Plane(LoopGeometry geometry, Func<double, double, (double R, double G, double B, double A)> texel)
    {
        var plane = new float[geometry.Plane.Width * geometry.Plane.Height * 4];
        for (var i = 0; i < plane.Length; i += 4)
        {
            var (r, g, b, a) = texel(i / 4 % geometry.Plane.Width, i / 4 / geometry.Plane.Width);
            (plane[i], plane[i + 1], plane[i + 2], plane[i + 3]) = ((float)r, (float)g, (float)b, (float)a);
        }

        return plane;
    }
}
