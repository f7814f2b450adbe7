using System.Buffers.Binary;
using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Viewer.Tests.Loops;

/// <summary>
/// A loop made for the page's tests, and its package written from the format's description alone: dense premultiplied planes, of which some tiles are
/// empty, some still and some moving, side by side in every combination.
/// </summary>
internal sealed class HandMadeLoop
{
    public const int Planes = 5, Frames = 6, Tile = 8, TilesX = 12, TilesY = 8, Width = TilesX * Tile, Height = TilesY * Tile;
    public const int PictureWidth = 64, PictureHeight = 40;
    public const double Focal = 60;

    private const int Slot = Tile + 2;
    private static readonly byte[] Nothing = new byte[4];

    private readonly int[] _kinds = new int[Planes * TilesY * TilesX];
    private readonly byte[][] _texels = new byte[Planes * Frames][];

    public HandMadeLoop(int seed = 7)
    {
        var random = new Random(seed);
        for (var i = 0; i < _kinds.Length; i++) _kinds[i] = i / (TilesX * TilesY) == Planes - 1 ? 1 + (random.Next(4) / 3) : Math.Max(0, random.Next(6) - 3);
        for (var plane = 0; plane < Planes; plane++)
            for (var frame = 0; frame < Frames; frame++) _texels[(plane * Frames) + frame] = Fill(plane, frame);
    }

    public static double[] Depths { get; } = [1.0, 1.3, 1.9, 3.2, 9.0];

    public static Vec3 Box { get; } = new(0.16, 0.1, 0.08);

    public static double LookAt => 2.1;

    /// <summary>Premultiplied texel, zero outside and where the tile is empty.</summary>
    public ReadOnlySpan<byte> Texel(int plane, int frame, int x, int y) =>
        x < 0 || y < 0 || x >= Width || y >= Height || Kind(plane, x / Tile, y / Tile) == 0 ? Nothing : _texels[(plane * Frames) + frame].AsSpan(4 * ((y * Width) + x), 4);

    public void WritePackage(string folder, string alpha = "premultiplied")
    {
        Directory.CreateDirectory(Path.Combine(folder, "dynamic"));
        var (still, moving) = (Slots(1), Slots(2));
        ImageFile.WritePng(Path.Combine(folder, "static.png"), Atlas(still, 0, alpha));
        for (var frame = 0; frame < Frames; frame++) ImageFile.WritePng(Path.Combine(folder, "dynamic", $"{frame:0000}.png"), Atlas(moving, frame, alpha));
        File.WriteAllBytes(Path.Combine(folder, "tiles.bin"), Records(still, moving));
        File.WriteAllText(Path.Combine(folder, "scene.json"), JsonSerializer.Serialize(new
        {
            format = "mtv/1",
            fps = 12.5,
            frames = Frames,
            color = "srgb-gamma",
            alpha,
            @ref = new { K = new[] { Focal, Focal, PictureWidth / 2.0, PictureHeight / 2.0 }, width = PictureWidth, height = PictureHeight },
            mpi = new { width = Width, height = Height },
            planes = Depths,
            tile = new { payload = Tile, apron = 1 },
            atlases = new object[]
            {
                new { id = "static", file = "static.png", slots = Grid(still.Length), frames = 1 },
                new { id = "dynamic", files = "dynamic/%04d.png", slots = Grid(moving.Length), frames = Frames },
            },
            tiles = "tiles.bin",
            view = new { up = new[] { 0, -1, 0 }, lookat = new[] { 0, 0, LookAt }, box = new[] { Box.X, Box.Y, Box.Z } },
            provenance = new { name = "hand-made" },
        }));
    }

    /// <summary>The same loop as the program has it.</summary>
    public MultiTileVideo ToVideo()
    {
        var geometry = new LoopGeometry
        {
            Reference = Intrinsics.Centered(Focal, Focal, PictureWidth, PictureHeight),
            Plane = Intrinsics.Centered(Focal, Focal, Width, Height),
            PlaneDepths = Depths,
            TileSize = Tile,
        };
        var builder = new MultiTileVideoBuilder(geometry, [.. _kinds.Select(k => k switch { 0 => TileLabel.Empty, 1 => TileLabel.Static, _ => TileLabel.Dynamic })], Frames);
        for (var plane = 0; plane < Planes; plane++)
            for (var frame = 0; frame < Frames; frame++) builder.TakePlane(plane, frame, Straight(_texels[(plane * Frames) + frame]));
        return builder.Build(12.5, new ViewBox(Box, new Vec3(0, 0, LookAt), new Vec3(0, -1, 0)));
    }

    private static float[] Straight(byte[] premultiplied)
    {
        var straight = new float[premultiplied.Length];
        for (var i = 0; i < straight.Length; i += 4)
        {
            straight[i + 3] = premultiplied[i + 3] / 255f;
            for (var c = 0; c < 3; c++) straight[i + c] = premultiplied[i + 3] == 0 ? 0 : Math.Min(1, premultiplied[i + c] / (float)premultiplied[i + 3]);
        }

        return straight;
    }

    private int Kind(int plane, int tileX, int tileY) => _kinds[(((plane * TilesY) + tileY) * TilesX) + tileX];

    private byte[] Fill(int plane, int frame)
    {
        var texels = new byte[4 * Width * Height];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var time = Kind(plane, x / Tile, y / Tile) == 2 ? 2 * Math.PI * frame / Frames : 0;
                var alpha = plane == Planes - 1 ? 1 : 0.5 + (0.5 * Math.Sin((0.37 * x) + (0.21 * y * plane) + time));
                for (var c = 0; c < 3; c++)
                    texels[(4 * ((y * Width) + x)) + c] = (byte)(255 * alpha * (0.5 + (0.5 * Math.Sin((0.29 * x * (c + 1)) - (0.33 * y) + (plane * 2.1) + (time * (c + 1))))));
                texels[(4 * ((y * Width) + x)) + 3] = (byte)(255 * alpha);
            }

        return texels;
    }

    private (int Plane, int X, int Y)[] Slots(int kind) =>
    [
        .. from plane in Enumerable.Range(0, Planes)
           from y in Enumerable.Range(0, TilesY)
           from x in Enumerable.Range(0, TilesX)
           where Kind(plane, x, y) == kind
           select (plane, x, y),
    ];

    private static int[] Grid(int slots) => [9, (slots + 8) / 9];

    private Raster<byte> Atlas((int Plane, int X, int Y)[] slots, int frame, string alpha)
    {
        var grid = Grid(slots.Length);
        var atlas = new Raster<byte>(grid[0] * Slot, grid[1] * Slot, 4);
        for (var i = 0; i < slots.Length; i++)
            for (var y = -1; y <= Tile; y++)
                for (var x = -1; x <= Tile; x++)
                    Put(atlas, (i % grid[0] * Slot) + x + 1, (i / grid[0] * Slot) + y + 1, Texel(slots[i].Plane, frame, (slots[i].X * Tile) + x, (slots[i].Y * Tile) + y), alpha);
        return atlas;
    }

    private static void Put(Raster<byte> atlas, int x, int y, ReadOnlySpan<byte> premultiplied, string alpha)
    {
        for (var c = 0; c < 4; c++)
            atlas[x, y, c] = alpha == "straight" && c < 3 && premultiplied[3] > 0 ? (byte)Math.Min(255, Math.Round(premultiplied[c] * 255.0 / premultiplied[3])) : premultiplied[c];
    }

    private static byte[] Records((int Plane, int X, int Y)[] still, (int Plane, int X, int Y)[] moving)
    {
        var all = still.Select((t, slot) => (t.Plane, Atlas: 0, t.X, t.Y, slot)).Concat(moving.Select((t, slot) => (t.Plane, Atlas: 1, t.X, t.Y, slot)))
            .OrderByDescending(t => t.Plane).ToArray();
        var bytes = new byte[8 * all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            (bytes[8 * i], bytes[(8 * i) + 1]) = ((byte)all[i].Plane, (byte)all[i].Atlas);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((8 * i) + 2), (ushort)all[i].X);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((8 * i) + 4), (ushort)all[i].Y);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((8 * i) + 6), (ushort)all[i].slot);
        }

        return bytes;
    }
}
