using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// The scene of one camera over the texel grid: the surface that the reference camera sees, and where that ends against something farther, the surface behind
/// it. All maps have the grid's size.
/// </summary>
public sealed record SceneLayers
{
    /// <summary>Texel to pixel of the reference picture as an index y * W + x: outside the picture its mirror image; -1 where it is not carried on.</summary>
    public required int[] Source { get; init; }

    /// <summary>1/z of what the reference camera sees.</summary>
    public required Raster<float> Front { get; init; }

    /// <summary>1/z of what lies behind it; 0 where nothing is known or needed. Where there is no front, this is all.</summary>
    public required Raster<float> Behind { get; init; }

    /// <summary>RGB of what lies behind; anything where <see cref="Behind"/> is 0.</summary>
    public required Raster<byte> BehindColour { get; init; }

    /// <summary>How far the border and what lies behind edges are carried on: what a view from inside the box can uncover.</summary>
    public static int ReachPixels(int pictureWidth) => Math.Max(2, (int)Math.Round(0.06 * pictureWidth));

    /// <summary>The layers of a scene that one camera saw from one place.</summary>
    /// <param name="disparity">1/z of the reference picture, above 0 everywhere.</param>
    /// <param name="plate">The still picture there, RGB.</param>
    public static SceneLayers Of(LoopGeometry geometry, Raster<float> disparity, Raster<byte> plate) => new LayerBuilder(geometry, disparity, plate).Build();
}
