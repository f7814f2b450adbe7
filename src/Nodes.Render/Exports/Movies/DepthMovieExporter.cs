using Depth3D.Imaging;
using Depth3D.Nodes.Render.Exports.Files;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports.Movies;

/// <summary>Codes of inverse depth as grey video, one range for the clip; range and formula beside.</summary>
internal sealed class DepthMovieExporter(DepthMovieKind kind) : IClipExporter
{
    private const int Hevc10Bits = 1023;

    /// <summary>Lossless: an edge of depth that a codec smears becomes a surface that is not there.</summary>
    private const int Hevc10Quality = 0;

    private const string Hevc10Formula = "depth = 1 / (luma / 1023 * (1 / near_depth - 1 / far_depth) + 1 / far_depth), full range";

    public string Format => kind == DepthMovieKind.Hevc10 ? "hevc10" : "ffv1";

    public string Summary => kind == DepthMovieKind.Hevc10
        ? "inverse depth as luma of 10-bit HEVC, lossless, full range, and depth.json with range and formula (FFmpeg, game engines)"
        : "inverse depth as 16-bit grey FFV1, lossless, and depth.json with range and formula (FFmpeg, archives)";

    public async Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        StageJson.Write(Path.Combine(folder, "depth.json"), DepthCodeSidecar.Of(scene, kind == DepthMovieKind.Hevc10 ? Hevc10Formula : InverseDepthCode.Formula));
        var (name, codec) = kind == DepthMovieKind.Hevc10 ? ("depth.mp4", VideoCodec.Hevc10Gray) : ("depth.mkv", VideoCodec.Ffv1Gray16);
        await using var movie = VideoWriter.Open(Path.Combine(folder, name), scene.Intrinsics.Width, scene.Intrinsics.Height, scene.FramesPerSecond, codec, Hevc10Quality, cancellation);
        for (var i = 0; i < scene.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var codes = scene.Code.Encode(scene.Depth(i));
            if (kind == DepthMovieKind.Hevc10)
                for (var k = 0; k < codes.Samples.Length; k++) codes.Samples[k] = (ushort)(((codes.Samples[k] * Hevc10Bits) + 32767) / 65535);
            movie.Write(codes);
            progress.Report((i + 1.0) / scene.FrameCount);
        }

        await movie.FinishAsync().ConfigureAwait(false);
    }
}
