using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Seed.Http;

/// <summary>Accepted files of clips: only what a manifest in the journal names is ever read.</summary>
internal sealed class FileEndpoints(SeedFiles files)
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".mp4"] = "video/mp4",
        [".json"] = "application/json",
        [".csv"] = "text/plain; charset=utf-8",
    };

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/files/{clip}/{stage}/{index:int}/{**name}", GetAsync);
        app.MapGet("/api/v1/pictures/{clip}", (string clip, CancellationToken cancellation) => ViewAsync(clip, ClipPictures.Of, cancellation));
        app.MapGet("/api/v1/losses/{clip}", (string clip, CancellationToken cancellation) => ViewAsync(clip, LossSeries.Of, cancellation));
    }

    private async Task<IResult> GetAsync(string clip, string stage, int index, string name, HttpContext context, CancellationToken cancellation)
    {
        try
        {
            var (id, task) = (new ClipId(clip), new TaskId(stage, index));
            var state = await files.StateAsync(id, cancellation).ConfigureAwait(false);
            if (!state.Tasks.TryGetValue(task, out var known) || known.Files?.FirstOrDefault(f => f.Name == name) is not { } file)
                return Answers.NotFound("the clip has no such accepted file");
            context.Response.Headers.XContentTypeOptions = "nosniff";
            var path = files.Store.Paths.File(id, task, known.Epoch, name);
            return Results.File(path, Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"), enableRangeProcessing: true,
                entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{file.Sha256}\""));
        }
        catch (Depth3DException e)
        {
            return Answers.Of(e);
        }
        catch (FileNotFoundException)
        {
            return Answers.NotFound("the file is accepted but not there; run: depth3d store verify");
        }
    }

    private async Task<IResult> ViewAsync<T>(string clip, Func<SeedFiles, ClipId, Cluster.Entity.ClipState, T> view, CancellationToken cancellation)
    {
        try
        {
            var id = new ClipId(clip);
            var state = await files.StateAsync(id, cancellation).ConfigureAwait(false);
            return Results.Json(view(files, id, state), OperationJson.Options);
        }
        catch (Depth3DException e)
        {
            return Answers.Of(e);
        }
    }
}
