using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Priors;

/// <summary>How much better a clip's flow is than flow usually is, from what triangulation leaves over.</summary>
internal static class MeasuredFlowNoise
{
    /// <summary>Flow is never taken for better than this share of its usual noise: residuals do not show what is wrong in the same way in all views.</summary>
    private const double Least = 0.2;

    /// <summary>The median length of a plane's normal noise in standard deviations.</summary>
    private const double MedianLength = 1.1774;

    private const int PixelStride = 7;

    /// <summary>Residuals of one frame's triangulated pixels, in units of the usual noise.</summary>
    /// <param name="cameras">Scaled to the size of the flow.</param>
    public static IEnumerable<double> Residuals(int frame, IReadOnlyList<MotionView> views, CameraTrack cameras, TriangulatedDepth depth)
    {
        var k = cameras.Intrinsics;
        foreach (var view in views.Where(v => cameras.Frames[frame + v.Gap].Registered && v.Gap is not (1 or -1)))
        {
            var relative = cameras.Frames[frame + view.Gap].CamFromWorld * cameras.Frames[frame].CamFromWorld.Inverse();
            for (var i = 0; i < depth.InverseDepth.Samples.Length; i += PixelStride)
            {
                if (!(depth.InverseDepth.Samples[i] > 0) || view.Valid.Samples[i] == 0) continue;
                int x = i % k.Width, y = i / k.Width;
                var seen = relative.Apply(k.Unproject(x, y, 1 / depth.InverseDepth.Samples[i]));
                if (!(seen.Z > 0)) continue;
                var (u, v) = k.Project(seen);
                double du = u - x - view.Flow.Samples[2 * i], dv = v - y - view.Flow.Samples[(2 * i) + 1];
                yield return Math.Sqrt((du * du) + (dv * dv)) / Triangulator.NoisePixels(view.Gap);
            }
        }
    }

    /// <returns>Standard deviation over the usual one, at most 1.</returns>
    public static double Share(IEnumerable<double> residuals)
    {
        var sorted = residuals.Order().ToArray();
        return sorted.Length == 0 ? 1 : Math.Clamp(sorted[sorted.Length / 2] / MedianLength, Least, 1);
    }
}
