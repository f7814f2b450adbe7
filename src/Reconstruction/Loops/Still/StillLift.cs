using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// Gives the moving tiles of a still scene a first motion: the loop cut out of one view's clip, put on what that view sees of them (video-loop spec 5.1). All
/// parts of the picture then begin in step, and the looping loss has every other view find the moments of its own clip that belong to it. Alpha stays.
/// </summary>
public sealed class StillLift
{
    /// <summary>Light that must reach a texel for the view to tell its colour, and for it to be the only one.</summary>
    private const double LeastLight = 0.15, MostLight = 0.6;

    private readonly StillView _view;
    private readonly Mat3?[] _pixelFromTexel;
    private readonly float[][] _light;

    public StillLift(StillPlanes planes, StillView view)
    {
        ArgumentNullException.ThrowIfNull(planes);
        ArgumentNullException.ThrowIfNull(view);
        _view = view;
        var maps = PlaneHomography.All(planes.Geometry, view.View.Intrinsics, view.View.CamFromReference);
        _pixelFromTexel = [.. maps.Select(m => m?.Inverse())];
        _light = Light(planes, maps, view.View.Intrinsics.Width, view.View.Intrinsics.Height);
    }

    /// <summary>Colours the moving tiles of a loop in place.</summary>
    /// <param name="frames">RGB of the view, one per frame of the loop.</param>
    public void Colour(MultiTileVideo video, IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(video);
        var geometry = video.Geometry;
        Parallel.For(0, geometry.TileCount, tile =>
        {
            var entry = video.Tiles.Entries[tile];
            if (entry == TileTable.Empty || !video.Tiles.IsDynamic(entry)) return;
            var plane = tile / (geometry.TilesY * geometry.TilesX);
            int top = tile / geometry.TilesX % geometry.TilesY * geometry.TileSize, left = tile % geometry.TilesX * geometry.TileSize;
            for (var y = 0; y < geometry.TileSize; y++)
                for (var x = 0; x < geometry.TileSize; x++) Texel(video, frames, entry, plane, left + x, top + y, 4 * ((y * geometry.TileSize) + x));
        });
    }

    private void Texel(MultiTileVideo video, IReadOnlyList<Raster<byte>> frames, int entry, int plane, int column, int row, int at)
    {
        if (_pixelFromTexel[plane] is not { } map || PlaneHomography.Apply(map, column, row) is not { } pixel) return;
        var (width, height) = (frames[0].Width, frames[0].Height);
        if (!(pixel.U >= 0 && pixel.V >= 0 && pixel.U <= width - 1 && pixel.V <= height - 1)) return;
        int x = (int)Math.Round(pixel.U), y = (int)Math.Round(pixel.V);
        var share = (float)Math.Clamp((_light[plane][(y * width) + x] - LeastLight) / (MostLight - LeastLight), 0, 1);
        if (share == 0 || _view.Loopable[x, y] == 0) return;
        for (var t = 0; t < frames.Count; t++)
        {
            var texel = video.Tile(entry, t).Slice(at, 3);
            for (var c = 0; c < 3; c++) texel[c] += share * (Sample(frames[t], pixel.U, pixel.V, c) - texel[c]);
        }
    }

    private static float Sample(Raster<byte> frame, double u, double v, int channel)
    {
        int x = Math.Min((int)u, frame.Width - 2), y = Math.Min((int)v, frame.Height - 2);
        float fx = (float)(u - x), fy = (float)(v - y);
        var top = ((1 - fx) * frame[x, y, channel]) + (fx * frame[x + 1, y, channel]);
        var bottom = ((1 - fx) * frame[x, y + 1, channel]) + (fx * frame[x + 1, y + 1, channel]);
        return (((1 - fy) * top) + (fy * bottom)) / 255f;
    }

    /// <summary>Per plane, the light that passes the planes before it to every pixel of the view.</summary>
    private static float[][] Light(StillPlanes planes, Mat3?[] maps, int width, int height)
    {
        float[][] light = [.. maps.Select(_ => new float[width * height])];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                float left = 1;
                for (var k = 0; k < maps.Length; k++)
                {
                    light[k][(y * width) + x] = left;
                    if (maps[k] is { } map && PlaneHomography.Apply(map, x, y) is { } texel) left *= 1 - Alpha(planes, k, texel.U, texel.V);
                }
            }
        });
        return light;
    }

    /// <summary>Of the nearest texel.</summary>
    private static float Alpha(StillPlanes planes, int plane, double u, double v)
    {
        int x = (int)Math.Round(u), y = (int)Math.Round(v);
        return x < 0 || y < 0 || x >= planes.Geometry.Plane.Width || y >= planes.Geometry.Plane.Height ? 0 : planes.At(plane, 3, x, y);
    }
}
