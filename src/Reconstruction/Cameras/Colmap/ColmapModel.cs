namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// A COLMAP reconstruction as it stands in its files (pixel centres at +0.5, ids as given); checked to be consistent in itself.
/// <see cref="ToCameraSet"/> converts it to the conventions of this code base.
/// </summary>
public sealed record ColmapModel(
    IReadOnlyList<ColmapCamera> Cameras, IReadOnlyList<ColmapImage> Images, IReadOnlyList<ColmapPoint> Points)
{
    /// <summary>Reads a folder with <c>cameras</c>, <c>images</c> and, optionally, <c>points3D</c> as <c>.bin</c> or <c>.txt</c>; binary wins.</summary>
    /// <exception cref="Messages.Depth3DException">A file is missing, truncated or inconsistent.</exception>
    public static ColmapModel Read(string folder) =>
        ColmapBinary.IsIn(folder) ? ColmapBinary.Read(folder)
        : ColmapText.IsIn(folder) ? ColmapText.Read(folder)
        : throw Import.CameraFault.Of(folder, "no COLMAP model here: cameras.bin and images.bin, or cameras.txt and images.txt, expected");

    public static bool IsIn(string folder) => ColmapBinary.IsIn(folder) || ColmapText.IsIn(folder);

    /// <summary>Writes <c>cameras.txt</c>, <c>images.txt</c> and <c>points3D.txt</c>; numbers round-trip.</summary>
    public void WriteText(string folder) => ColmapText.Write(this, folder);

    /// <summary>Writes <c>cameras.bin</c>, <c>images.bin</c> and <c>points3D.bin</c>.</summary>
    public void WriteBinary(string folder) => ColmapBinary.Write(this, folder);

    /// <summary>Mean over the points of their mean reprojection error, in pixels of the solved images; NaN without points.</summary>
    public double MeanErrorPixels => Points.Count == 0 ? double.NaN : Points.Average(p => p.ErrorPixels);

    /// <summary>Named cameras and sparse points with pixel centres at integers.</summary>
    /// <param name="where">Named in errors.</param>
    /// <exception cref="Messages.Depth3DException">A focal length is absurd or a lens is too distorted for a pinhole.</exception>
    public Import.CameraSet ToCameraSet(string where)
    {
        var warnings = new List<string>();
        var pinholes = new Dictionary<int, Intrinsics>();
        foreach (var camera in Cameras)
            pinholes.Add(camera.Id, ColmapLenses.ToLens(camera).ToPinhole($"{where}, camera {camera.Id}", warnings));
        return new Import.CameraSet(
            [.. Images.Select(i => new Import.NamedCamera(i.Name, i.CamFromWorld, pinholes[i.CameraId]))],
            [.. Points.Select(p => new SparsePoint(p.Position, p.Red, p.Green, p.Blue, p.ErrorPixels, p.Track.Count))],
            warnings);
    }
}
