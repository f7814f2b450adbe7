namespace Depth3D.Viewer.Http;

/// <summary>Finds files of a run by name: regular ones under its folder that are not hidden and that no link leads to.</summary>
internal sealed class RunFiles(string folder)
{
    private readonly string _root = Path.GetFullPath(folder);

    /// <param name="name">Relative to the folder, parts divided by <c>/</c>.</param>
    /// <returns>Its path, or null.</returns>
    public string? Find(string name)
    {
        var path = _root;
        foreach (var part in name.Split('/'))
        {
            if (part.Length == 0 || part[0] == '.' || part.AsSpan().ContainsAny('\\', '\0')) return null;
            path = Path.Combine(path, part);
            var entry = new FileInfo(path);
            if (entry.LinkTarget is not null) return null;
        }

        return File.Exists(path) ? path : null;
    }
}
