using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Rendering.Effects;
using Depth3D.Viewer.Packing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Viewer.Http;

/// <summary>The clip as data: what there is, the cameras, and every frame packed when it is asked for.</summary>
internal sealed class ClipEndpoints : IDisposable
{
    /// <summary>Frames packed at once: what is ahead of the reader stays small in memory.</summary>
    private const int Packing = 2;

    private readonly ISceneClip _clip;
    private readonly FramePacker _packer;
    private readonly Lazy<ClipManifest> _manifest;
    private readonly Lazy<byte[]> _cameras;
    private readonly SemaphoreSlim _slots = new(Packing);

    public ClipEndpoints(ISceneClip clip, int mostPoints)
    {
        var grid = FrameGrid.Fitting(clip.Intrinsics.Width, clip.Intrinsics.Height, mostPoints);
        (_clip, _packer) = (clip, new FramePacker(clip, grid));
        _manifest = new(() => ClipManifest.Of(clip, grid, _packer.FrameBytes));
        _cameras = new(() => CameraPacker.Pack(clip));
    }

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clip.json", () => Results.Json(_manifest.Value, JsonSerializerOptions.Web));
        app.MapGet("/cameras.bin", () => Results.Bytes(_cameras.Value));
        app.MapGet("/frames/{frame:int:min(0)}", FrameAsync);
    }

    /// <summary>Does what the first visitor would wait for, while the browser starts. What fails here is said when it is asked for.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            await Task.WhenAll(Task.Run(() => _manifest.Value), Task.Run(() => _cameras.Value), Task.Run(() => _packer.Pack(0))).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Depth3DException or IOException or UnauthorizedAccessException)
        {
            // The page shows it.
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<IResult> FrameAsync(int frame, CancellationToken cancellation)
    {
        if (frame >= _clip.FrameCount) return Results.NotFound();
        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return Results.Bytes(await Task.Run(() => _packer.Pack(frame), cancellation).ConfigureAwait(false));
        }
        finally
        {
            _slots.Release();
        }
    }
}
