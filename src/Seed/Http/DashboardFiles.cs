using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Seed.Http;

/// <summary>
/// The dashboard: three files inside the assembly, nothing from elsewhere. Its policy lets the browser run and fetch only what this seed
/// serves, so that no clip's name can become a script.
/// </summary>
internal static class DashboardFiles
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        Map(app, "/", "index.html", "text/html; charset=utf-8");
        Map(app, "/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8");
        Map(app, "/dashboard.css", "dashboard.css", "text/css; charset=utf-8");
        app.MapGet("/favicon.ico", () => Results.NoContent());
    }

    private static void Map(IEndpointRouteBuilder app, string path, string name, string type)
    {
        var content = Read(name);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
        app.MapGet(path, context =>
        {
            var headers = context.Response.Headers;
            (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl, headers["Referrer-Policy"]) = (Policy, "nosniff", "no-cache", "no-referrer");
            headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch.ToString() == tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
        });
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(DashboardFiles).Assembly.GetManifestResourceStream($"dashboard/{name}")
            ?? throw new InvalidOperationException($"the assembly has no dashboard/{name}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
