using Depth3D.Viewer.Loops;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Viewer.Http;

/// <summary>A loop's page and the files of its package. The page is this program's own: a package's index.html is never served, and nothing of it is run.</summary>
internal sealed class LoopEndpoints(string package, bool hasCloud, bool hasRun)
{
    private static readonly string[] Kinds = [".json", ".bin", ".png"];

    private readonly RunFiles _files = new(package);

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var file in LoopViewerPage.Files)
            PageFiles.Map(app, "/loop/" + file.Name, FileTypes.Of(file.Name), file.Name == LoopViewerPage.IndexName ? WithWays(file.Content) : file.Content);
        PageFiles.Map(app, "/loop/", FileTypes.Of(LoopViewerPage.IndexName), WithWays(LoopViewerPage.Files.Single(f => f.Name == LoopViewerPage.IndexName).Content));
        if (!hasCloud) app.MapGet("/", (HttpContext context) => Results.Redirect("loop/" + context.Request.QueryString));
        app.MapGet("/loop/{**name}", (string name, HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = PageFiles.Policy;
            return Kinds.Contains(Path.GetExtension(name)) && _files.Find(name) is { } path ? Results.File(path, FileTypes.Of(path)) : Results.NotFound();
        });
    }

    private string WithWays(string page)
    {
        var ways = (hasCloud ? "<a href=\"../\">Point cloud</a> " : "") + (hasRun ? "<a href=\"../gallery\">Gallery</a>" : "");
        return page.Replace("<nav id=\"ways\">", "<nav id=\"ways\">" + ways, StringComparison.Ordinal);
    }
}
