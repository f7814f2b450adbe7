using System.Globalization;
using System.Text.Json;
using Depth3D.Imaging;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A truth loop on disk, as if it had been filmed:
/// <list type="bullet">
/// <item><c>clips/view_00.mkv</c>: lossless recordings, of different lengths, out of step; the folder can be given to <c>depth3d loop</c></item>
/// <item><c>cameras.json</c>: <c>CameraTrack</c>, one camera per view at the pictures' size</item>
/// <item><c>loop.json</c>: <see cref="TruthLoopInfo"/>; written last, so a folder that has it is complete</item>
/// </list>
/// </summary>
public static class TruthLoopFolder
{
    public const string InfoFile = "loop.json";
    public const string CamerasFile = "cameras.json";
    public const string ClipsFolder = "clips";

    public static string ClipName(int view) => string.Create(CultureInfo.InvariantCulture, $"view_{view:00}.mkv");

    /// <summary>Renders and writes; what is there already is replaced.</summary>
    /// <param name="frames">Frames of the shortest recording; every next view's is longer by one frame.</param>
    public static async Task WriteAsync(string folder, TruthLoop loop, int width, int height, int frames, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Directory.CreateDirectory(Path.Combine(folder, ClipsFolder));
        File.Delete(Path.Combine(folder, InfoFile));
        for (var view = 0; view < loop.Views; view++)
            await WriteClipAsync(Path.Combine(folder, ClipsFolder, ClipName(view)), loop.Recording(view, frames + view, width, height), loop.FramesPerSecond, cancellation)
                .ConfigureAwait(false);
        loop.Cameras(width, height).Save(Path.Combine(folder, CamerasFile));
        var info = new TruthLoopInfo(loop.Name, loop.PeriodFrames, loop.FramesPerSecond, width, height,
            [.. Enumerable.Range(0, loop.Views).Select(loop.StartOf)], [.. Enumerable.Range(0, loop.Views).Select(v => frames + v)]);
        await File.WriteAllTextAsync(Path.Combine(folder, InfoFile), JsonSerializer.Serialize(info, TruthFolder.Json) + "\n", cancellation).ConfigureAwait(false);
    }

    private static async Task WriteClipAsync(string path, IReadOnlyList<Raster<byte>> frames, double framesPerSecond, CancellationToken cancellation)
    {
        var writer = VideoWriter.Open(path, frames[0].Width, frames[0].Height, framesPerSecond, VideoCodec.Ffv1, cancellation: cancellation);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var frame in frames) writer.Write(frame);
            await writer.FinishAsync().ConfigureAwait(false);
        }
    }
}
