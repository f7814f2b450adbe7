namespace Depth3D.Imaging.Tests;

/// <summary>An empty folder that goes away with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("d3-imaging-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Everything in it, to see that a failure left nothing behind.</summary>
    public string[] Files => Directory.GetFileSystemEntries(Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToArray();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
