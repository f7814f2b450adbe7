using Depth3D.Viewer.Gallery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Viewer.Http;

/// <summary>The gallery of the run, and the files it links to.</summary>
internal sealed class RunEndpoints(string folder, string clipName, bool hasCloud, bool hasLoop)
{
    /// <summary>Pages of a run carry their style and pictures within; nothing in them is ever run.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly RunFiles _files = new(folder);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/gallery", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return Results.Text(new GalleryPage(RunContents.Scan(folder), clipName) { FilesAt = "files/", ViewerAt = hasCloud ? "./" : null, LoopAt = hasLoop ? "loop/" : null }.Build(), "text/html; charset=utf-8");
        });
        app.MapGet("/files/{**name}", (string name, HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return _files.Find(name) is { } path ? Results.File(path, FileTypes.Of(path), enableRangeProcessing: true) : Results.NotFound();
        });
    }
}
