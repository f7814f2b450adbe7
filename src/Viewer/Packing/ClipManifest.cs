using Depth3D.Imaging;
using Depth3D.Rendering.Effects;

namespace Depth3D.Viewer.Packing;

/// <summary>What the page must know before the first frame.</summary>
/// <param name="Version">Of the packed frames.</param>
/// <param name="Width">Of the grid, pixels.</param>
/// <param name="Stride">Pixels of the working size from one of the grid to the next.</param>
/// <param name="Fx">Intrinsics of the grid, pixel centres at integers.</param>
/// <param name="Near">Percentiles of depth over the clip, world units.</param>
/// <param name="InverseDepthMin">Inverse depth of the first and of the last colour, as in the clip's depth pictures.</param>
/// <param name="Palette">256 colours, RGB, Base64.</param>
internal sealed record ClipManifest(
    int Version, string Name, int FrameCount, double FramesPerSecond, int Width, int Height, int Stride, int FrameBytes,
    double Fx, double Fy, double Cx, double Cy, double Near, double Median, double Far, double InverseDepthMin, double InverseDepthMax, string Palette)
{
    /// <summary>Colours reach this much beyond the percentiles, as those of the depth pictures do.</summary>
    private const double ColourMargin = 1.15;

    private const int Colours = 256;

    public static ClipManifest Of(ISceneClip clip, FrameGrid grid, int frameBytes)
    {
        var (k, range) = (grid.Of(clip.Intrinsics), clip.DepthRange);
        return new(
            FramePacker.Version, clip.Name, clip.FrameCount, clip.FramesPerSecond, grid.Width, grid.Height, grid.Stride, frameBytes,
            k.Fx, k.Fy, k.Cx, k.Cy, range.Near, range.Median, range.Far, 1 / (range.Far * ColourMargin), ColourMargin / range.Near,
            Convert.ToBase64String(Ramp(ColourMap.Turbo)));
    }

    private static byte[] Ramp(ColourMap map)
    {
        var ramp = new byte[3 * Colours];
        for (var i = 0; i < Colours; i++) (ramp[3 * i], ramp[(3 * i) + 1], ramp[(3 * i) + 2]) = map[i / (Colours - 1f)];
        return ramp;
    }
}
