using System.Globalization;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>Names of the files of single frames: the frame's number from zero, as everywhere in a run.</summary>
internal static class FrameFiles
{
    public static string Name(string kind, int frameIndex, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}_{frameIndex:00000}.{extension}");

    public static string Path(string folder, string kind, int frameIndex, string extension) =>
        System.IO.Path.Combine(folder, Name(kind, frameIndex, extension));

    /// <summary>A folder inside a format's own.</summary>
    public static string Folder(string folder, string name) => Directory.CreateDirectory(System.IO.Path.Combine(folder, name)).FullName;
}
