using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;
using Microsoft.AspNetCore.Http;

namespace Depth3D.Viewer.Http;

/// <summary>
/// Lets in only who knows the address: the host must be this machine by number or as localhost, which another site's name for 127.0.0.1 is not, and
/// the path must begin with the token, which is then taken off. Whatever fails behind it is answered in words.
/// </summary>
internal sealed class Guard(string token)
{
    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "[::1]"];

    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        (headers.XContentTypeOptions, headers.CacheControl, headers["Referrer-Policy"]) = ("nosniff", "no-store", "no-referrer");
        (headers["Cross-Origin-Resource-Policy"], headers["Cross-Origin-Opener-Policy"]) = ("same-origin", "same-origin");
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase) || !TakeToken(context))
        {
            await Say(context, StatusCodes.Status404NotFound, "there is nothing at this address").ConfigureAwait(false);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await Say(context, StatusCodes.Status405MethodNotAllowed, "the viewer is only read").ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, next).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has left.
        }
        catch (Depth3DException e) when (!context.Response.HasStarted)
        {
            await Say(context, StatusCodes.Status422UnprocessableEntity, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && e is IOException or UnauthorizedAccessException)
        {
            await Say(context, StatusCodes.Status500InternalServerError, e.Message).ConfigureAwait(false);
        }
    }

    private bool TakeToken(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var end = path.IndexOf('/', Math.Min(1, path.Length));
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[1..end]), _token)) return false;
        context.Request.Path = path[end..];
        return true;
    }

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
