using Depth3D.Messages;
using Depth3D.Viewer.Http;

namespace Depth3D.Viewer.Loops;

/// <summary>
/// The page that shows a loop in format mtv/1. It needs no server of its own: beside <c>scene.json</c> it opens from any static host. Nothing in it comes
/// from elsewhere, and its policy lets it fetch only from where it lies.
/// </summary>
public static class LoopViewerPage
{
    /// <summary>The page itself, as it is called beside the package.</summary>
    public const string IndexName = "index.html";

    internal const string ScriptName = "viewer.js", StyleName = "viewer.css";

    /// <summary>What has to lie beside <c>scene.json</c>.</summary>
    public static IReadOnlyList<LoopPageFile> Files { get; } =
    [
        new(IndexName, PageResource.Text("loop.html")),
        new(ScriptName, PageResource.Text("loop.js")),
        new(StyleName, Style),
    ];

    internal static string Style => PageResource.Text("viewer.css") + PageResource.Text("loop.css");

    /// <summary>Puts the page into the folder of a package; each file appears whole or not at all.</summary>
    /// <exception cref="Depth3DException">The folder cannot be written.</exception>
    public static void Write(string folder)
    {
        foreach (var file in Files) PageWriter.Write(Path.Combine(folder, file.Name), to => to.Write(file.Content));
    }
}
