using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>
/// Takes out pixels beside a moving object that estimated depth has pulled towards it: they stand still, yet lie nearer than what stands there in
/// the other frames. The background then fills their place.
/// </summary>
internal static class Fringe
{
    /// <summary>How far from the object's mask, as a share of the width.</summary>
    private const double Reach = 0.06;

    /// <summary>A pixel this share nearer than the background does not belong to it.</summary>
    private const float Nearer = 0.95f;

    /// <param name="background">The still background as the frame's camera sees it.</param>
    /// <param name="keep">One flag per pixel; those of fringes are cleared.</param>
    public static void Clear(Raster<byte> moving, Raster<float> depth, ViewLayer background, bool[] keep)
    {
        var beside = Masks.Widened(moving, (int)Math.Ceiling(Reach * depth.Width));
        for (var i = 0; i < keep.Length; i++)
            if (beside.Samples[i] != 0 && moving.Samples[i] == 0 && background.Depth[i] > 0 && depth.Samples[i] < Nearer * background.Depth[i]) keep[i] = false;
    }
}
