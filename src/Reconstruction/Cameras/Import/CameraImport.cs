using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// Cameras from elsewhere (<c>--cameras file:PATH</c>): COLMAP text or binary, nerfstudio's <c>transforms.json</c>, LLFF's <c>poses_bounds.npy</c>,
/// DAVIS matrices, or this program's own <c>cameras.json</c>; a file or a folder that holds one.
/// </summary>
public static class CameraImport
{
    /// <summary>Reads, checks and matches cameras to the frames of a clip, by image name.</summary>
    /// <param name="frameNames">File names of the clip's frames as their source calls them, one per frame; folders and extensions are ignored.</param>
    /// <param name="width">Working width in pixels; intrinsics are scaled to it.</param>
    /// <param name="sourceIndices">Number of each frame in the source, for files that have no names.</param>
    /// <exception cref="Messages.Depth3DException">The file cannot be read, makes no sense or belongs to another clip.</exception>
    public static ImportedCameras Load(string path, IReadOnlyList<string> frameNames, int width, int height, IReadOnlyList<int>? sourceIndices = null)
    {
        var warnings = new List<string>();
        var (set, format) = CameraFiles.Read(path, width, height, warnings);
        warnings.AddRange(set.Warnings);
        return Assemble(set, format, path, frameNames, width, height, sourceIndices, warnings);
    }

    /// <summary>Reads and checks cameras that belong to no clip, such as those of a camera path.</summary>
    /// <param name="width">Size of their pictures, for formats that do not state one; so is <paramref name="height"/>.</param>
    /// <exception cref="Messages.Depth3DException">The file cannot be read, makes no sense or holds no camera.</exception>
    public static CameraSet Cameras(string path, int width, int height)
    {
        var set = CameraFiles.Read(path, width, height, []).Set;
        if (set.Cameras.Count == 0) throw CameraFault.Of(path, "no cameras in it");
        foreach (var camera in set.Cameras)
        {
            CameraFault.CheckPose(camera.CamFromWorld, camera.Name is null ? path : $"{path}, {camera.Name}");
            CameraFault.CheckIntrinsics(camera.Intrinsics, path);
        }

        return set;
    }

    private static ImportedCameras Assemble(CameraSet set, string format, string where, IReadOnlyList<string> frameNames, int width, int height,
        IReadOnlyList<int>? sourceIndices, List<string> warnings)
    {
        var match = FrameMatching.Match(set, frameNames, sourceIndices, where, warnings);
        var used = match.Where(m => m >= 0).Select(m => set.Cameras[m]).ToArray();
        var intrinsics = TrackAssembly.Shared(used, width, height, where);
        var frames = PoseInterpolation.Fill([.. match.Select(m => m < 0 ? (RigidTransform?)null : set.Cameras[m].CamFromWorld)]);
        var verdict = $"{used.Length} of {frames.Count} cameras from {format}, focal {intrinsics.Fx:f1} px at {width} x {height}"
            + (set.Points.Count > 0 ? $", {set.Points.Count} sparse points" : "");
        if (used.Length < frames.Count) warnings.Add($"{frames.Count - used.Length} frames have no camera in the file: interpolated");
        var track = new CameraTrack(intrinsics, frames, TrackAssembly.MotionOf(frames), "file", verdict);
        return new ImportedCameras(track, set.Points, warnings);
    }
}
