using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>
/// The files a mesh is made of. A file names others by relative paths; those lie in its own folder, or are given by name. Names that lead out of the
/// folder are refused.
/// </summary>
public sealed class MeshFiles
{
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly SortedDictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <param name="main">The OBJ, PLY, glTF or GLB file.</param>
    /// <param name="given">Where the files it names lie; null for beside it, under their own names.</param>
    public MeshFiles(string main, IReadOnlyDictionary<string, string>? given = null) =>
        (Main, _given) = (main, given ?? new Dictionary<string, string>());

    public string Main { get; }

    /// <summary>The names that were read so far, and where they were found; in the order of names.</summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    public byte[] ReadMain() => InputFile.ReadAll(Main);

    /// <param name="what">What the file is, for the error.</param>
    /// <exception cref="Depth3DException">It is missing, cannot be read, or lies outside the mesh's folder.</exception>
    public byte[] Read(string name, string what)
    {
        var path = Find(name, what);
        _used[name] = path;
        try
        {
            return InputFile.ReadAll(path);
        }
        catch (Depth3DException e)
        {
            throw new Depth3DException($"its {what} '{name}' cannot be read: {e.What}", Main, $"put the {what} where the file names it, or export with it inside", inner: e);
        }
    }

    private string Find(string name, string what)
    {
        if (_given.TryGetValue(name, out var path)) return path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(Main))!;
        var local = name.Replace('\\', '/');
        var found = local.Contains('\0') || local.Length == 0 ? "" : Path.GetFullPath(Path.Combine(folder, local));
        if (Path.IsPathRooted(local) || !found.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
            throw new Depth3DException($"its {what} '{name}' lies outside the mesh's folder", Main, "export the mesh with its files beside it");
        return found;
    }
}
