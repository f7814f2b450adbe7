using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Viewer.Http;

/// <summary>
/// The cloud's page: three files inside the assembly, nothing from elsewhere. Its policy lets the browser run and fetch only what this server serves, so that
/// no clip's name can become a script.
/// </summary>
internal static class PageFiles
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder app, bool hasRun, bool hasLoop)
    {
        var page = PageResource.Text("index.html");
        if (!hasRun) page = page.Replace("<a id=\"gallery\"", "<a hidden id=\"gallery\"", StringComparison.Ordinal);
        if (!hasLoop) page = page.Replace("<a id=\"loop\"", "<a hidden id=\"loop\"", StringComparison.Ordinal);
        Map(app, "/", "text/html; charset=utf-8", page);
        Map(app, "/viewer.js", "text/javascript; charset=utf-8", PageResource.Text("viewer.js"));
        Map(app, "/viewer.css", "text/css; charset=utf-8", PageResource.Text("viewer.css"));
    }

    public static void Map(IEndpointRouteBuilder app, string path, string type, string content) => app.MapGet(path, context =>
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Text(content, type).ExecuteAsync(context);
    });
}
