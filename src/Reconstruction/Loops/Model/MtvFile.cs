using System.Runtime.InteropServices;
using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// A <see cref="MultiTileVideo"/> between stages, as safetensors: <c>tiles</c> i32 [plane, tile row, tile column], <c>static</c> f32 [slot, row, column, 4],
/// <c>dynamic</c> f32 [slot, frame, row, column, 4]; the rest in the metadata. The same loop gives the same bytes.
/// </summary>
public static class MtvFile
{
    private const string Format = "depth3d-mtv", Version = "1";
    private const int MostFrames = 100_000, MostPlanes = 4096, MostSide = 1 << 16;

    public static void Save(string path, MultiTileVideo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        video.Validated();
        var tiles = video.Tiles;
        int size = video.Geometry.TileSize;
        SafeTensors.Write(path,
        [
            ("tiles", DType.Int32, [tiles.Planes, tiles.TilesY, tiles.TilesX], MemoryMarshal.AsBytes(tiles.Entries).ToArray()),
            ("static", DType.Float32, [tiles.StaticSlots, size, size, MultiTileVideo.Channels], new FloatBytes(video.StaticTexels).Memory),
            ("dynamic", DType.Float32, [tiles.DynamicSlots, video.Frames, size, size, MultiTileVideo.Channels], new FloatBytes(video.DynamicTexels).Memory),
        ],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version,
            ["loop"] = JsonSerializer.Serialize(new Head(video.Geometry, video.Frames, video.FramesPerSecond, video.View)),
        });
    }

    /// <exception cref="Depth3DException">Missing, truncated, damaged, or not a loop.</exception>
    public static MultiTileVideo Load(string path)
    {
        var file = SafeTensors.Read(path);
        if (!file.Metadata.TryGetValue("format", out var format) || format != Format) throw Bad($"its format is '{format ?? "unnamed"}', expected '{Format}'", path);
        if (!file.Metadata.TryGetValue("version", out var version) || version != Version) throw Bad($"version {version ?? "missing"}; this program reads {Version}", path);
        try
        {
            return Read(file);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or OverflowException or KeyNotFoundException)
        {
            throw Bad(e.Message, path, e);
        }
    }

    private static MultiTileVideo Read(SafeTensorsFile file)
    {
        var head = JsonSerializer.Deserialize<Head>(file.Metadata["loop"]) ?? throw new JsonException("no loop");
        var geometry = Checked(head.Geometry);
        if (head.Frames is < 1 or > MostFrames) throw new ArgumentException($"{head.Frames} frames");
        TensorData tiles = file.Tensors["tiles"], fixedTexels = file.Tensors["static"], movingTexels = file.Tensors["dynamic"];
        if (fixedTexels.Shape.Length != 4 || movingTexels.Shape.Length != 5) throw new ArgumentException("texels of another shape");
        return new MultiTileVideo
        {
            Geometry = geometry,
            Tiles = new TileTable(geometry.Planes, geometry.TilesY, geometry.TilesX, tiles.As<int>().ToArray(), checked((int)fixedTexels.Shape[0]), checked((int)movingTexels.Shape[0])),
            Frames = head.Frames,
            FramesPerSecond = head.FramesPerSecond,
            StaticTexels = fixedTexels.As<float>().ToArray(),
            DynamicTexels = movingTexels.As<float>().ToArray(),
            View = head.View ?? throw new ArgumentException("no view box"),
        }.Validated();
    }

    private static LoopGeometry Checked(LoopGeometry? geometry)
    {
        if (geometry?.PlaneDepths is not { Count: > 0 and <= MostPlanes } depths) throw new ArgumentException("no planes");
        for (var k = 0; k < depths.Count; k++)
            if (!(depths[k] > (k == 0 ? 0 : depths[k - 1])) || !double.IsFinite(depths[k])) throw new ArgumentException($"plane {k} lies at {depths[k]}");
        var (plane, tile) = (geometry.Plane, geometry.TileSize);
        if (tile is < 1 or > MostSide || plane.Width is < 1 or > MostSide || plane.Height is < 1 or > MostSide || plane.Width % tile != 0 || plane.Height % tile != 0)
            throw new ArgumentException($"planes of {plane.Width}x{plane.Height} texels in tiles of {tile}");
        if (!(plane.Fx > 0) || !(plane.Fy > 0) || !(geometry.Reference.Fx > 0) || !(geometry.Reference.Fy > 0)) throw new ArgumentException("a focal length is not above 0");
        return geometry;
    }

    private static Depth3DException Bad(string what, string path, Exception? inner = null) =>
        new($"is not a loop that can be read: {what}", path, "make the loop again", inner: inner);

    private sealed record Head(LoopGeometry Geometry, int Frames, double FramesPerSecond, ViewBox View);
}
