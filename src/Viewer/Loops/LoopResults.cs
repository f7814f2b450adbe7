namespace Depth3D.Viewer.Loops;

/// <summary>Where a loop's package lies.</summary>
/// <param name="Package">Folder with <c>scene.json</c>.</param>
/// <param name="Folder">Folder of all results of the loop; null for a package on its own.</param>
public sealed record LoopResults(string Package, string? Folder)
{
    private const string Scene = "scene.json", PackageFolder = "package", OfRun = "loop";

    /// <param name="folder">The <c>--out</c> of <c>depth3d loop</c>, or a package.</param>
    /// <returns>Null where there is no loop.</returns>
    public static LoopResults? Find(string folder)
    {
        var full = Path.GetFullPath(folder);
        var package = Path.Combine(full, PackageFolder);
        if (File.Exists(Path.Combine(full, Scene))) return new(full, null);
        return File.Exists(Path.Combine(package, Scene)) ? new(package, full) : null;
    }

    /// <summary>The loop that was made of a finished run, where <c>depth3d loop RUN</c> leaves it.</summary>
    public static LoopResults? OfFinishedRun(string runFolder) => Find(Path.Combine(runFolder, OfRun));
}
