using System.Text.Json;
using Depth3D.Reconstruction.Cameras.Colmap;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Recognises camera files by name and content.</summary>
internal static class CameraFiles
{
    /// <summary>What is looked for in a folder, in this order; the first one found is read.</summary>
    private static readonly string[] InFolder =
        ["transforms.json", "transforms_train.json", "poses_bounds.npy", "cameras.json", "*" + DavisCameras.MatricesSuffix];

    private static readonly string[] ColmapFolders = ["", "sparse/0", "sparse", "0"];

    /// <param name="width">Frame size, for formats that do not state one.</param>
    public static (CameraSet Set, string Format) Read(string path, int width, int height, List<string> warnings)
    {
        if (Directory.Exists(path)) return ReadFolder(path, width, height, warnings);
        if (!File.Exists(path)) throw CameraFault.Of(path, "no such file or folder", "give --cameras file:PATH an existing camera file or folder");
        var name = Path.GetFileName(path);
        if (name is "cameras.txt" or "images.txt" or "points3D.txt") return (ColmapText.Read(FolderOf(path)).ToCameraSet(path), "COLMAP text");
        if (name is "cameras.bin" or "images.bin" or "points3D.bin") return (ColmapBinary.Read(FolderOf(path)).ToCameraSet(path), "COLMAP binary");
        if (name.EndsWith(DavisCameras.MatricesSuffix, StringComparison.Ordinal)) return (DavisCameras.Read(path, width, height), "DAVIS matrices");
        if (name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)) return (LlffPoses.Read(path), "poses_bounds.npy");
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return ReadJson(path);
        throw CameraFault.Of(path, "no camera file that is known by its name",
            "known are COLMAP's text and binary models, transforms.json, poses_bounds.npy, cameras.json and NAME" + DavisCameras.MatricesSuffix);
    }

    private static (CameraSet Set, string Format) ReadFolder(string path, int width, int height, List<string> warnings)
    {
        foreach (var sub in ColmapFolders)
        {
            var folder = Path.Combine(path, sub);
            if (Directory.Exists(folder) && ColmapModel.IsIn(folder)) return (ColmapModel.Read(folder).ToCameraSet(folder), "COLMAP");
        }

        var found = InFolder.SelectMany(pattern => Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal)).ToArray();
        if (found.Length == 0)
        {
            throw CameraFault.Of(path, "no camera file in this folder",
                $"expected are a COLMAP model (here or in sparse/0) or one of {string.Join(", ", InFolder)}");
        }

        if (found.Length > 1)
            warnings.Add($"{string.Join(", ", found.Select(Path.GetFileName))} are all here: {Path.GetFileName(found[0])} is read");
        return Read(found[0], width, height, warnings);
    }

    private static (CameraSet Set, string Format) ReadJson(string path)
    {
        using (var stream = CameraFault.Open(path))
        {
            try
            {
                using var document = JsonDocument.Parse(stream);
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.EnumerateObject().Any(p => p.Name is "Intrinsics" or "intrinsics"))
                    return (NerfstudioTransforms.Read(path), "transforms.json");
            }
            catch (JsonException e)
            {
                throw CameraFault.Of(path, $"not JSON: {e.Message}", inner: e);
            }
        }

        return (ReadTrack(path), "cameras.json");
    }

    private static CameraSet ReadTrack(string path)
    {
        CameraTrack track;
        try
        {
            track = CameraTrack.Load(path);
        }
        catch (InvalidDataException e)
        {
            throw CameraFault.Of(path, e.Message, inner: e);
        }

        if (track.Frames is not { Count: > 0 } || track.Frames.Any(f => f is null)) throw CameraFault.Of(path, "no frames in it");
        CameraFault.CheckIntrinsics(track.Intrinsics, path);
        for (var i = 0; i < track.Frames.Count; i++) CameraFault.CheckPose(track.Frames[i].CamFromWorld, $"{path}, frame {i}");
        return new CameraSet([.. track.Frames.Select(f => new NamedCamera(null, f.CamFromWorld, track.Intrinsics))], [], []);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
