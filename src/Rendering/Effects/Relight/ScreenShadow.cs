using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Effects.Relight;

/// <summary>Walks from a surface towards a light and looks whether the picture shows something in between.</summary>
internal sealed class ScreenShadow(Raster<float> depth, Intrinsics intrinsics)
{
    private const int Steps = 40;

    /// <summary>Longest way, and how thick things are taken to be, over the depth where the way begins.</summary>
    private const double LongestShare = 0.8, ThicknessShare = 0.12;

    /// <summary>Nearer than this share a surface does not shade itself.</summary>
    private const double BiasShare = 0.012;

    /// <returns>1 in full light, 0 in full shadow.</returns>
    public double Light(Vec3 point, Vec3 towards, double distance)
    {
        var length = Math.Min(0.95 * distance, LongestShare * point.Z);
        for (var step = 1; step <= Steps; step++)
        {
            // Closer together near the surface: contact shadows are the ones that show.
            var share = (double)step / Steps;
            var at = point + (towards * (length * share * share));
            if (at.Z <= 0) return 1;
            var (u, v) = intrinsics.Project(at);
            if (!(u >= 0 && v >= 0 && u <= depth.Width - 1 && v <= depth.Height - 1)) return 1;
            var gap = at.Z - depth[(int)Math.Round(u), (int)Math.Round(v)];
            if (gap > BiasShare * point.Z && gap < ThicknessShare * point.Z) return 0;
        }

        return 1;
    }
}
