using System.Text.Json;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>
/// Reads a package in format mtv/1. It believes nothing it has not checked: names lead to regular files below the folder, hashes are right, pictures have
/// the size that the slots say, numbers are finite, and sizes are bounded before anything is allocated.
/// </summary>
public static class MtvPackageReader
{
    private const int MostPlanes = 256, MostSide = 1 << 14, MostTile = 256, MostApron = 8, MostFrames = 10_000, MostSceneBytes = 16 << 20;
    private const long MostNumbers = 1L << 29;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, MaxDepth = 16 };

    /// <exception cref="Depth3DException">A file is missing, damaged, of another format, or says what cannot be.</exception>
    public static MultiTileVideo Read(string folder)
    {
        var path = Path.Combine(folder, MtvPackageWriter.SceneFile);
        try
        {
            var scene = JsonSerializer.Deserialize<MtvScene>(InputFile.ReadAll(path, MostSceneBytes), Json) ?? throw new JsonException("null");
            return Read(new PackageFiles(folder, scene.Sha256 ?? []), scene with { Atlases = scene.Atlases ?? [] });
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new Depth3DException($"is not a package that can be read: {e.Message}", path, "make the package again", inner: e);
        }
    }

    private static MultiTileVideo Read(PackageFiles files, MtvScene scene)
    {
        var geometry = Geometry(scene);
        var atlases = scene.Atlases;
        foreach (var atlas in atlases) CheckAtlas(atlas, scene);
        var records = Records(files.Read(scene.Tiles), scene, geometry);
        var labels = new TileLabel[geometry.TileCount];
        foreach (var r in records)
        {
            ref var label = ref labels[(((r.Plane * geometry.TilesY) + r.TileY) * geometry.TilesX) + r.TileX];
            Require(label == TileLabel.Empty, $"tile {r.TileX},{r.TileY} of plane {r.Plane} is there twice");
            label = atlases[r.Atlas].Frames > 1 ? TileLabel.Dynamic : TileLabel.Static;
        }

        RequireSize(geometry, labels, scene.Frames);
        var builder = new MultiTileVideoBuilder(geometry, labels, scene.Frames);
        for (var a = 0; a < atlases.Length; a++)
        {
            var own = records.Where(r => r.Atlas == a).ToArray();
            for (var frame = 0; frame < atlases[a].Frames; frame++) Take(files, scene, atlases[a], frame, own, builder);
        }

        return builder.Build(scene.Fps, View(scene.View));
    }

    private static LoopGeometry Geometry(MtvScene scene)
    {
        Require(scene.Format == MtvScene.FormatName, $"its format is '{scene.Format}', expected '{MtvScene.FormatName}'");
        Require(scene.Color == MtvScene.GammaColour, $"its colours are '{scene.Color}', expected '{MtvScene.GammaColour}'");
        Require(scene.Alpha is MtvScene.Premultiplied or MtvScene.Straight, $"its alpha is '{scene.Alpha}'");
        Require(scene.Frames is >= 1 and <= MostFrames, $"{scene.Frames} frames, expected 1 to {MostFrames}");
        Require(scene.Fps is > 0 and <= 1000, $"{scene.Fps} frames per second");
        Require(scene.Tile is { Payload: >= 1 and <= MostTile, Apron: >= 0 and <= MostApron }, "tiles of that size are not read");
        var planes = scene.Planes ?? [];
        Require(planes.Length is >= 1 and <= MostPlanes, $"{planes.Length} planes, expected 1 to {MostPlanes}");
        for (var k = 0; k < planes.Length; k++)
            Require(double.IsFinite(planes[k]) && planes[k] > (k == 0 ? 0 : planes[k - 1]), $"plane {k} lies at {planes[k]}");
        var reference = Camera(scene.Ref, null);
        var plane = Camera(scene.Mpi, reference);
        Require(plane.Width % scene.Tile.Payload == 0 && plane.Height % scene.Tile.Payload == 0, $"{plane.Width}x{plane.Height} texels are no whole tiles of {scene.Tile.Payload}");
        return new LoopGeometry { Reference = reference, Plane = plane, PlaneDepths = planes, TileSize = scene.Tile.Payload };
    }

    /// <param name="reference">Whose rays a grid without camera has.</param>
    private static Intrinsics Camera(MtvScene.CameraPart? camera, Intrinsics? reference)
    {
        Require(camera is { Width: >= 1 and <= MostSide, Height: >= 1 and <= MostSide }, "a picture of that size is not read");
        if (camera.K is null && reference is { } r)
            return r with { Cx = r.Cx + ((camera.Width - r.Width) / 2.0), Cy = r.Cy + ((camera.Height - r.Height) / 2.0), Width = camera.Width, Height = camera.Height };
        Require(camera.K is { Length: 4 } && camera.K.All(double.IsFinite) && camera.K[0] > 0 && camera.K[1] > 0, "a camera has no usable K");
        return new Intrinsics(camera.K[0], camera.K[1], camera.K[2] - 0.5, camera.K[3] - 0.5, camera.Width, camera.Height);
    }

    private static void CheckAtlas(MtvScene.AtlasPart atlas, MtvScene scene)
    {
        Require(atlas is { Slots: [>= 1 and <= MostSide, >= 1 and <= MostSide] }, "an atlas has no usable slots");
        Require(atlas.Frames == 1 || atlas.Frames == scene.Frames, $"atlas '{atlas.Id}' has {atlas.Frames} frames of {scene.Frames}");
        Require(atlas.Frames == 1 ? atlas.File is not null || atlas.Files is not null : atlas.Files is not null, $"atlas '{atlas.Id}' names no pictures");
    }

    private static TileRecord[] Records(byte[] bytes, MtvScene scene, LoopGeometry geometry)
    {
        Require(bytes.Length % TileRecord.Bytes == 0 && bytes.Length / TileRecord.Bytes <= geometry.TileCount, $"{bytes.Length} bytes of tile records for {geometry.TileCount} tiles");
        var records = new TileRecord[bytes.Length / TileRecord.Bytes];
        for (var i = 0; i < records.Length; i++)
        {
            var r = records[i] = TileRecord.Read(bytes.AsSpan(i * TileRecord.Bytes));
            var fits = r.Plane < geometry.Planes && r.TileX < geometry.TilesX && r.TileY < geometry.TilesY && r.Atlas < scene.Atlases.Length
                && r.Slot < scene.Atlases[r.Atlas].Slots[0] * scene.Atlases[r.Atlas].Slots[1];
            Require(fits, $"tile record {i} lies outside");
        }

        return records;
    }

    private static void RequireSize(LoopGeometry geometry, TileLabel[] labels, int frames)
    {
        var numbers = (labels.AsSpan().Count(TileLabel.Static) + ((long)labels.AsSpan().Count(TileLabel.Dynamic) * frames)) * geometry.TileSize * geometry.TileSize * MultiTileVideo.Channels;
        Require(numbers <= MostNumbers, $"{numbers} numbers, at most {MostNumbers} are read");
    }

    private static void Take(PackageFiles files, MtvScene scene, MtvScene.AtlasPart atlas, int frame, TileRecord[] records, MultiTileVideoBuilder builder)
    {
        var name = atlas.Files is null ? atlas.File! : MtvPackageWriter.FrameFile(atlas.Files, frame);
        var side = scene.Tile.Payload + (2 * scene.Tile.Apron);
        var picture = files.Picture(name, atlas.Slots[0] * side, atlas.Slots[1] * side);
        foreach (var r in records)
        {
            int left = (r.Slot % atlas.Slots[0] * side) + scene.Tile.Apron, top = (r.Slot / atlas.Slots[0] * side) + scene.Tile.Apron;
            Straight(picture, left, top, scene.Tile.Payload, scene.Alpha == MtvScene.Premultiplied, builder.Tile(r.Plane, r.TileY, r.TileX, frame));
        }
    }

    private static void Straight(Raster<byte> picture, int left, int top, int size, bool premultiplied, Span<float> tile)
    {
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var texel = tile.Slice(((y * size) + x) * MultiTileVideo.Channels, MultiTileVideo.Channels);
                var alpha = picture[left + x, top + y, 3];
                var full = premultiplied ? alpha : 255f;
                for (var c = 0; c < 3; c++) texel[c] = full == 0 ? 0 : Math.Min(1, picture[left + x, top + y, c] / full);
                texel[3] = alpha / 255f;
            }
    }

    private static ViewBox View(MtvScene.ViewPart? view)
    {
        Require(view is { Up: { Length: 3 }, LookAt: { Length: 3 }, Box: { Length: 3 } }, "the view names no box");
        Require(view.Up.Concat(view.LookAt).Concat(view.Box).All(double.IsFinite) && view.Box.All(extent => extent >= 0), "the view box is not finite");
        return new ViewBox(Vector(view.Box), Vector(view.LookAt), Vector(view.Up));
    }

    private static Vec3 Vector(double[] v) => new(v[0], v[1], v[2]);

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string what)
    {
        if (!holds) throw new ArgumentException(what);
    }
}
