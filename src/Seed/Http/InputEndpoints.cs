using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Seed.Http;

/// <summary>Uploads of what clips need: offer, send what is missing, offer again. For operators.</summary>
internal sealed class InputEndpoints(InputStore inputs, ApiLimits limits, Gate gate)
{
    /// <summary>A folder of this many frames is a clip of more than an hour.</summary>
    private const int MaxFiles = 200_000;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/inputs", OfferAsync);
        app.MapPut("/api/v1/inputs/blobs/{sha256}", TakeAsync);
    }

    private async Task OfferAsync(HttpContext context)
    {
        Raise(context, 64L << 20);
        await AnswerAsync(context, async () =>
        {
            var offer = Checked(await JsonSerializer.DeserializeAsync<InputOffer>(context.Request.Body, OperationJson.Options, context.RequestAborted).ConfigureAwait(false));
            if (inputs.Contains(offer.Id, offer.Name)) return Results.Json(new InputAnswer(offer.Reference, []), OperationJson.Options);
            var missing = inputs.Missing(offer.Files.Select(f => f.Sha256));
            if (missing.Count == 0) inputs.Assemble(offer.Id, offer.Name, [.. offer.Files.Select(f => (offer.IsFolder ? f.Name : "", f.Sha256))]);
            return Results.Json(new InputAnswer(offer.Reference, missing), OperationJson.Options);
        }).ConfigureAwait(false);
    }

    private async Task TakeAsync(HttpContext context)
    {
        Raise(context, limits.UploadBytes);
        await AnswerAsync(context, async () =>
        {
            await inputs.TakeAsync((string)context.Request.RouteValues["sha256"]!, context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            return Results.NoContent();
        }).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        IResult result;
        try
        {
            if (Gate.CallerOf(context) is { Right: < OperatorRight.Operator } viewer)
            {
                gate.NoteDenied();
                result = Answers.Forbidden($"uploading needs the right of an operator; '{viewer.Name}' is a viewer");
            }
            else
            {
                result = await answer().ConfigureAwait(false);
            }
        }
        catch (JsonException e)
        {
            result = Answers.Problem(StatusCodes.Status400BadRequest, ExitCode.Usage, $"the offer cannot be read: {e.Message.Split(" Path:")[0]}", null, null);
        }
        catch (BadHttpRequestException e)
        {
            result = Answers.Problem(e.StatusCode, ExitCode.Usage, e.Message, null, null);
        }
        catch (Depth3DException e)
        {
            result = Answers.Of(e);
        }

        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private static InputOffer Checked(InputOffer? offer)
    {
        if (offer?.Files is not { Count: > 0 and <= MaxFiles } files || (!offer.IsFolder && files.Count != 1))
            throw Refuse($"an input is one file, or a folder of 1 to {MaxFiles} files");
        if (!StoreReference.IsName(offer.Name ?? "")) throw Refuse("the name of the input is not fit: one part, at most 200 characters, no control character, none of / \\ % | :, not starting with . or -");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file?.Name is null || file.Sha256 is null || file.Bytes < 0 || file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
                throw Refuse("every file needs a name, its bytes and its sha256");
            if (offer.IsFolder && !file.Name.Split('/').All(StoreReference.IsName)) throw Refuse($"a file of the folder has a name that is not fit: '{Shown(file.Name)}'");
            if (offer.IsFolder && !names.Add(file.Name)) throw Refuse($"a file is listed twice: '{Shown(file.Name)}'");
        }

        if (offer.IsFolder && names.Any(n => names.Contains(n[..Math.Max(0, n.LastIndexOf('/'))]))) throw Refuse("a name is both a file and a folder");
        return offer;
    }

    private static Depth3DException Refuse(string what) => new(what, "the offered input", "rename it, then submit again", FailureKind.Usage);

    private static string Shown(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c));

    private static void Raise(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = bytes;
    }
}
