using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>
/// Writes a loop as a folder in format mtv/1 (spec 6.4): <c>scene.json</c>, <c>tiles.bin</c>, <c>static.png</c> and one PNG per frame of what moves. An
/// atlas without tiles is left out, and the records' atlas number counts those that are there. The same loop gives the same bytes.
/// </summary>
public static class MtvPackageWriter
{
    internal const string SceneFile = "scene.json", TilesFile = "tiles.bin", StaticFile = "static.png", DynamicFiles = "dynamic/%04d.png", VideoFile = "dynamic.mp4",
        StackedAlpha = "stack";

    /// <summary>What one byte and two bytes of a tile record can number.</summary>
    private const int MostPlanes = 256, MostSlots = 1 << 16;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="folder">Is made; files of these names in it are replaced.</param>
    /// <returns>Bytes of all files written.</returns>
    /// <exception cref="Depth3DException">More planes or tiles than the format can number, or the folder cannot be written.</exception>
    public static async Task<long> WriteAsync(string folder, MultiTileVideo video, MtvPackageOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(video);
        ApronAtlas still = new(video.Validated(), moving: false), moving = new(video, moving: true);
        Check(video, folder);
        var files = new List<string>();
        var parts = new List<MtvScene.AtlasPart>();
        Directory.CreateDirectory(folder);
        if (still.Tiles.Count > 0)
        {
            ImageFile.WritePng(Path.Combine(folder, StaticFile), still.Draw(0));
            files.Add(StaticFile);
            parts.Add(new("static", StaticFile, null, null, null, Slots(still), 1));
        }

        if (moving.Tiles.Count > 0)
        {
            files.AddRange(WriteFrames(folder, moving, video.Frames, cancellation));
            if (options.WithVideo)
            {
                await StackedAlphaFilm.WriteAsync(Path.Combine(folder, VideoFile), moving, video, cancellation).ConfigureAwait(false);
                files.Add(VideoFile);
            }

            parts.Add(new("dynamic", null, DynamicFiles, options.WithVideo ? VideoFile : null, options.WithVideo ? StackedAlpha : null, Slots(moving), video.Frames));
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, TilesFile), Records(still, moving), cancellation).ConfigureAwait(false);
        files.Add(TilesFile);
        var scene = Scene(video, options, parts, still.SlotSide, Hashes(folder, files));
        await File.WriteAllTextAsync(Path.Combine(folder, SceneFile), JsonSerializer.Serialize(scene, Json) + "\n", new UTF8Encoding(false), cancellation).ConfigureAwait(false);
        return files.Append(SceneFile).Sum(file => new FileInfo(Path.Combine(folder, file)).Length);
    }

    /// <summary>Name of a frame's picture below the folder.</summary>
    internal static string FrameFile(string pattern, int frame) => pattern.Replace("%04d", frame.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static int[] Slots(ApronAtlas atlas) => [atlas.Layout.Columns, atlas.Layout.Rows];

    private static void Check(MultiTileVideo video, string folder)
    {
        if (video.Geometry.Planes > MostPlanes) throw new Depth3DException($"{video.Geometry.Planes} planes, a package holds at most {MostPlanes}", folder, "make the loop with fewer planes");
        if (video.Tiles.StaticSlots + video.Tiles.DynamicSlots == 0) throw new Depth3DException("no tile is left, there is nothing to show", folder, "look at the loop's preview pictures");
        var most = Math.Max(video.Tiles.StaticSlots, video.Tiles.DynamicSlots);
        if (most > MostSlots) throw new Depth3DException($"{most} tiles of one kind, a package holds at most {MostSlots}", folder, "make the loop smaller, or with larger tiles");
    }

    private static string[] WriteFrames(string folder, ApronAtlas moving, int frames, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, DynamicFiles))!);
        Parallel.For(0, frames, new ParallelOptions { CancellationToken = cancellation },
            frame => ImageFile.WritePng(Path.Combine(folder, FrameFile(DynamicFiles, frame)), moving.Draw(frame)));
        return [.. Enumerable.Range(0, frames).Select(frame => FrameFile(DynamicFiles, frame))];
    }

    /// <summary>From far to near, which is the order to draw in.</summary>
    private static byte[] Records(ApronAtlas still, ApronAtlas moving)
    {
        byte stillAtlas = 0, movingAtlas = (byte)(still.Tiles.Count > 0 ? 1 : 0);
        var records = still.Tiles.Select((tile, slot) => (tile, slot, stillAtlas)).Concat(moving.Tiles.Select((tile, slot) => (tile, slot, movingAtlas)))
            .Select(t => new TileRecord((byte)t.tile.Plane, t.Item3, (ushort)t.tile.TileX, (ushort)t.tile.TileY, (ushort)t.slot))
            .OrderByDescending(r => r.Plane).ThenBy(r => r.TileY).ThenBy(r => r.TileX).ToArray();
        var bytes = new byte[records.Length * TileRecord.Bytes];
        for (var i = 0; i < records.Length; i++) records[i].Write(bytes.AsSpan(i * TileRecord.Bytes));
        return bytes;
    }

    private static SortedDictionary<string, string> Hashes(string folder, IEnumerable<string> files)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files) hashes[file] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
        return hashes;
    }

    private static MtvScene Scene(MultiTileVideo video, MtvPackageOptions options, List<MtvScene.AtlasPart> parts, int slotSide, SortedDictionary<string, string> hashes)
    {
        var geometry = video.Geometry;
        return new MtvScene
        {
            Format = MtvScene.FormatName,
            Fps = video.FramesPerSecond,
            Frames = video.Frames,
            Color = MtvScene.GammaColour,
            Alpha = MtvScene.Premultiplied,
            Ref = Camera(geometry.Reference),
            Mpi = Camera(geometry.Plane),
            Planes = [.. geometry.PlaneDepths],
            Tile = new(geometry.TileSize, ApronAtlas.Apron),
            Atlases = [.. parts],
            Tiles = TilesFile,
            View = new(Numbers(video.View.Up), Numbers(video.View.LookAt), Numbers(video.View.Extent), FovY(geometry.Reference)),
            TextureBytes = parts.Sum(part => (long)part.Slots[0] * part.Slots[1] * slotSide * slotSide * MultiTileVideo.Channels * part.Frames),
            Provenance = new SortedDictionary<string, string>(options.Provenance.ToDictionary(), StringComparer.Ordinal),
            Sha256 = hashes,
        };
    }

    private static MtvScene.CameraPart Camera(Intrinsics k) => new([k.Fx, k.Fy, k.Cx + 0.5, k.Cy + 0.5], k.Width, k.Height);

    private static double FovY(Intrinsics k) => 2 * Math.Atan(k.Height / 2.0 / k.Fy) * 180 / Math.PI;

    private static double[] Numbers(Vec3 v) => [v.X, v.Y, v.Z];
}
