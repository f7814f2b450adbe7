using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Packages;

/// <summary>The frames of an atlas as a film that any browser decodes: the colour above, alpha as grey below it.</summary>
internal static class StackedAlphaFilm
{
    /// <summary>Finer than for people's eyes: tiles lie over one another, and alpha decides what shows.</summary>
    private const int Quality = 14;

    public static async Task WriteAsync(string path, ApronAtlas atlas, MultiTileVideo video, CancellationToken cancellation)
    {
        VideoWriter? film = null;
        try
        {
            for (var frame = 0; frame < video.Frames; frame++)
            {
                var stacked = Stack(atlas.Draw(frame));
                film ??= VideoWriter.Open(path, stacked.Width, stacked.Height, video.FramesPerSecond, quality: Quality, cancellation: cancellation);
                film.Write(stacked);
            }

            await film!.FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            if (film is not null) await film.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Raster<byte> Stack(Raster<byte> rgba)
    {
        var stacked = new Raster<byte>(rgba.Width, rgba.Height * 2, 3);
        for (var p = 0; p < rgba.PixelCount; p++)
            for (var c = 0; c < 3; c++)
            {
                stacked.Samples[(3 * p) + c] = rgba.Samples[(4 * p) + c];
                stacked.Samples[(3 * (p + rgba.PixelCount)) + c] = rgba.Samples[(4 * p) + 3];
            }

        return stacked;
    }
}
