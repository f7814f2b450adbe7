using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

/// <summary>Small loops on planes, and clips of a texture that travels over a still ground.</summary>
internal static class SyntheticLoops
{
    public const int Width = 40, Height = 32, Tile = 8, Border = 4, Period = 8;

    public static Intrinsics Camera { get; } = Intrinsics.Centered(50, 50, Width, Height);

    public static LoopGeometry Geometry(params double[] depths) => new()
    {
        Reference = Camera,
        Plane = new Intrinsics(50, 50, Camera.Cx + Border, Camera.Cy + Border, Width + (2 * Border), Height + (2 * Border)),
        PlaneDepths = depths,
        TileSize = Tile,
    };

    /// <summary>Random texels; tiles empty, static and dynamic in turn.</summary>
    public static MultiTileVideo Random(int frames, int seed, params double[] depths)
    {
        var geometry = Geometry(depths);
        var labels = Enumerable.Range(0, geometry.TileCount).Select(n => (TileLabel)((n + (n / geometry.TilesX)) % 3)).ToArray();
        var random = new CounterRandom(seed, 0, 0);
        var video = new MultiTileVideoBuilder(geometry, labels, frames).Build(25, Box);
        for (var n = 0; n < video.StaticTexels.Length; n++) video.StaticTexels[n] = (float)(0.1 + (0.8 * random.Unit((ulong)n)));
        for (var n = 0; n < video.DynamicTexels.Length; n++) video.DynamicTexels[n] = (float)(0.1 + (0.8 * random.Unit((ulong)n + (1UL << 32))));
        return video;
    }

    /// <summary>One opaque plane whose tiles are all dynamic, showing these pictures at their place.</summary>
    public static MultiTileVideo Of(IReadOnlyList<Raster<byte>> pictures)
    {
        var geometry = Geometry(2);
        var builder = new MultiTileVideoBuilder(geometry, [.. Enumerable.Repeat(TileLabel.Dynamic, geometry.TileCount)], pictures.Count);
        for (var t = 0; t < pictures.Count; t++)
        {
            var plane = new float[geometry.Plane.Width * geometry.Plane.Height * 4];
            for (var n = 0; n < plane.Length; n++)
            {
                var (x, y) = (n / 4 % geometry.Plane.Width, n / 4 / geometry.Plane.Width);
                plane[n] = n % 4 == 3 ? 1 : pictures[t][Math.Clamp(x - Border, 0, Width - 1), Math.Clamp(y - Border, 0, Height - 1), n % 4] / 255f;
            }

            builder.TakePlane(0, t, plane);
        }

        return builder.Build(25, Box);
    }

    /// <summary>A texture that travels one pixel a frame and comes again after <see cref="Period"/>.</summary>
    public static IReadOnlyList<Raster<byte>> Travelling(int frames, int from = 0) => [.. Enumerable.Range(from, frames).Select(t =>
    {
        var picture = new Raster<byte>(Width, Height, 3);
        for (var n = 0; n < picture.Samples.Length; n++)
        {
            var (x, y, c) = (n / 3 % Width, n / 3 / Width, n % 3);
            picture.Samples[n] = (byte)(128 + (60 * Math.Sin((2 * Math.PI * (x + t) / Period) + (0.5 * y) + c)));
        }

        return picture;
    })];

    public static LoopFootage Footage(IReadOnlyList<Raster<byte>> frames, int index = 0, RigidTransform? camFromReference = null, bool leads = true) =>
        new(new LoopView(index, Camera, camFromReference ?? RigidTransform.Identity), frames, null, leads);

    public static RigidTransform Beside { get; } = new(Mat3.FromRotationVector(new Vec3(0.01, -0.03, 0.02)), new Vec3(0.06, -0.04, 0.02));

    private static ViewBox Box { get; } = new(new Vec3(0.1, 0.1, 0.1), new Vec3(0, 0, 2), new Vec3(0, -1, 0));
}
