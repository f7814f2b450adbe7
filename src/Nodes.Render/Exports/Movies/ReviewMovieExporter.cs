using Depth3D.Imaging;
using Depth3D.Rendering.Layouts;

namespace Depth3D.Nodes.Render.Exports.Movies;

/// <summary>Movies to look at: the source, depth in colour with one range for the clip, and both side by side under their titles.</summary>
internal sealed class ReviewMovieExporter(ReviewMovieKind kind) : IClipExporter
{
    private static readonly string[] Titles = ["source", "depth"];

    public string Format => kind == ReviewMovieKind.Mp4 ? "mp4" : "prores";

    public string Summary => kind == ReviewMovieKind.Mp4
        ? "review movies, H.264: source, depth in colour, side by side (anything)"
        : "review movies, ProRes 4444, 10 bit: source, depth in colour, side by side (editing programs)";

    public async Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        var panels = new Panels(scene.Intrinsics.Width, scene.Intrinsics.Height, Titles);
        await using var source = Open("source", scene.Intrinsics.Width, scene.Intrinsics.Height);
        await using var depth = Open("depth", scene.Intrinsics.Width, scene.Intrinsics.Height);
        await using var both = Open("side-by-side", panels.Width, panels.Height);
        for (var i = 0; i < scene.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Raster<byte> rgb = scene.Rgb(i), colours = scene.DepthColour(scene.Depth(i));
            source.Write(rgb);
            depth.Write(colours);
            both.Write(panels.Compose(rgb, colours));
            progress.Report((i + 1.0) / scene.FrameCount);
        }

        foreach (var movie in new[] { source, depth, both }) await movie.FinishAsync().ConfigureAwait(false);

        VideoWriter Open(string name, int width, int height) => VideoWriter.Open(
            Path.Combine(folder, name + (kind == ReviewMovieKind.Mp4 ? ".mp4" : ".mov")), width, height, scene.FramesPerSecond,
            kind == ReviewMovieKind.Mp4 ? VideoCodec.H264 : VideoCodec.ProRes4444, cancellation: cancellation);
    }
}
