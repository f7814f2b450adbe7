using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Viewer.Loops;

/// <summary>
/// A loop and its page as one file, which opens from a disk by a double click: browsers do not let a page read files beside it there. The package's files
/// stand in it as Base64, so it is a third larger than they are.
/// </summary>
public static class EnclosedLoopPage
{
    /// <summary>Its usual name, beside the folder of the package.</summary>
    public const string FileName = "loop.html";

    /// <summary>Packages beyond this are not enclosed: browsers would hold them three times in memory.</summary>
    public const long MostBytes = 96L << 20;

    private static readonly string[] Kinds = [".json", ".bin", ".png"];

    /// <param name="package">Folder with <c>scene.json</c>.</param>
    /// <param name="path">The file to write.</param>
    /// <returns>False where the package has more than <see cref="MostBytes"/> and nothing was written.</returns>
    /// <exception cref="Depth3DException">The package cannot be read, or the file cannot be written.</exception>
    public static bool Write(string package, string path)
    {
        var files = FilesOf(package);
        if (files.Sum(f => f.Length) > MostBytes) return false;
        var contents = Contents(package, files);
        var script = LoopViewerPage.Files.Single(f => f.Name == LoopViewerPage.ScriptName).Content;
        PageWriter.Write(path, to => to.Write(Page(contents, script)));
        return true;
    }

    private static FileInfo[] FilesOf(string package)
    {
        if (!File.Exists(Path.Combine(package, "scene.json"))) throw new Depth3DException("has no scene.json", package, "give the folder of a loop's package", FailureKind.Usage);
        return [.. new DirectoryInfo(package).EnumerateFiles("*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        }).Where(f => Kinds.Contains(f.Extension)).OrderBy(f => f.FullName, StringComparer.Ordinal)];
    }

    private static string Contents(string package, FileInfo[] files)
    {
        var text = new StringBuilder("window.depth3dFiles={");
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(package, file.FullName).Replace('\\', '/');
            text.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(name)).Append("\":\"").Append(Convert.ToBase64String(File.ReadAllBytes(file.FullName))).Append("\",\n");
        }

        return text.Append("};").ToString();
    }

    private static string Page(string contents, string script) => LoopViewerPage.Files.Single(f => f.Name == LoopViewerPage.IndexName).Content
        .Replace("script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
            $"script-src {Hash(contents)} {Hash(script)}; style-src 'unsafe-inline'; img-src data:", StringComparison.Ordinal)
        .Replace($"<link rel=\"stylesheet\" href=\"{LoopViewerPage.StyleName}\">", $"<style>{LoopViewerPage.Style}</style>", StringComparison.Ordinal)
        .Replace($"<script src=\"{LoopViewerPage.ScriptName}\"></script>", $"<script>{contents}</script>\n<script>{script}</script>", StringComparison.Ordinal);

    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
