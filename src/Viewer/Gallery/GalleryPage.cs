using System.Globalization;
using System.Net;
using System.Text;
using Depth3D.Viewer.Http;

namespace Depth3D.Viewer.Gallery;

/// <summary>
/// One page over a run's results: videos to play, pictures to look at, the rest to open. Style and small pictures are within it; videos and originals
/// are the run's own files, so the page is read beside them.
/// </summary>
internal sealed class GalleryPage(RunContents contents, string title)
{
    public const string FileName = "gallery.html";

    private const int SheetWidth = 960, ThumbWidth = 320;

    private readonly StringBuilder _page = new();

    /// <summary>Folder of the run, to read pictures for the page from; null shows the files themselves instead.</summary>
    public string? Folder { get; init; }

    /// <summary>What links to files begin with.</summary>
    public string FilesAt { get; init; } = "";

    /// <summary>Where the viewer is; null where the page stands alone.</summary>
    public string? ViewerAt { get; init; }

    /// <summary>Where the loop's viewer is; null for the page in the run's folder, where it left one.</summary>
    public string? LoopAt { get; init; }

    public string Build()
    {
        Head();
        foreach (var group in contents.Groups) Group(group);
        if (contents.Groups.Count == 0) _page.Append("<p>This run has left no files yet.</p>\n");
        return _page.Append("</main></body></html>\n").ToString();
    }

    private void Head()
    {
        var links = string.Concat(contents.Groups.Select((g, i) => $"<a href=\"#g{i}\">{Escape(g.Title)}</a>\n"));
        var loop = LoopAt ?? (ViewerAt is null && contents.LoopPage is { } page ? Link(page) : null);
        var viewer = Way(ViewerAt, "Open the viewer") + Way(loop, "Open the loop");
        _page.Append($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Escape(title)}</title><link rel="icon" href="data:,"><style>{PageResource.Text("gallery.css")}</style></head>
            <body><header><h1>{Escape(title)}</h1>{viewer}<nav>{links}</nav></header><main>

            """);
    }

    private static string Way(string? at, string words) => at is null ? "" : $"<a class=\"viewer\" href=\"{Escape(at)}\">{words}</a>\n";

    private void Group(GalleryGroup group)
    {
        _page.Append(CultureInfo.InvariantCulture, $"<section id=\"g{Index(group)}\"><h2>{Escape(group.Title)}</h2>\n");
        var shown = group.Files.Where(f => f.IsVideo || f.IsPicture).OrderBy(f => f.IsPicture).ToList();
        if (shown.Count > 0)
        {
            _page.Append("<div class=\"shown\">\n");
            foreach (var file in shown) Show(file);
            _page.Append("</div>\n");
        }

        var listed = group.Files.Except(shown).ToList();
        if (listed.Count > 0) List(listed);
        _page.Append("</section>\n");
    }

    private int Index(GalleryGroup group) => contents.Groups.TakeWhile(g => g != group).Count();

    private void Show(FileSet file)
    {
        var (link, caption) = (Link(file.Middle), $"<figcaption>{Named(file)}</figcaption>");
        if (file.IsVideo) _page.Append($"<figure><video controls loop muted playsinline preload=\"metadata\" src=\"{link}\"></video>{caption}</figure>\n");
        else if (Source(file) is { } source)
            _page.Append($"<figure{(IsWide(file) ? " class=\"wide\"" : "")}><a href=\"{link}\"><img loading=\"lazy\" alt=\"{Escape(file.Name)}\" src=\"{source}\"></a>{caption}</figure>\n");
        else _page.Append($"<figure>{caption}</figure>\n");
    }

    /// <summary>Contact sheets are single pictures; of a sequence one frame shows what it is.</summary>
    private static bool IsWide(FileSet file) => file.Count == 1;

    private string? Source(FileSet file)
    {
        if (Folder is null) return Link(file.Middle);
        var jpeg = Thumbnail.Of(Path.Combine(Folder, file.Middle), IsWide(file) ? SheetWidth : ThumbWidth);
        return jpeg is null ? null : $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";
    }

    private void List(IReadOnlyList<FileSet> files)
    {
        _page.Append("<ul>\n");
        foreach (var file in files) _page.Append($"<li>{Named(file)}</li>\n");
        _page.Append("</ul>\n");
    }

    private string Named(FileSet file)
    {
        var count = file.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{file.Count} files, ");
        return $"<a href=\"{Link(file.Middle)}\">{Escape(file.Name)}</a> <small>{count}{Size(file.Bytes)}</small>";
    }

    private string Link(string name) => FilesAt + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
    };

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
