using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Effects.Stereo;

/// <summary>
/// Two cameras side by side that look in parallel; their pictures are shifted against each other so that one depth coincides. Rows of both stay
/// level, as eyes need. A point at depth z lies f·b·(1/convergence - 1/z) farther right in the right picture than in the left one, or left where negative.
/// </summary>
/// <param name="Baseline">World units.</param>
/// <param name="Convergence">Depth that coincides, world units; infinite where the pictures are not shifted.</param>
internal readonly record struct StereoRig(double Baseline, double Convergence)
{
    public static StereoRig Of(StereoSettings settings, ISceneClip clip)
    {
        var median = clip.DepthRange.Median;
        var convergence = settings.ConvergenceUnits ?? (settings.Convergence * median);
        return new(settings.BaselineUnits ?? (settings.Baseline * median), convergence > 0 ? convergence : double.PositiveInfinity);
    }

    /// <param name="side">-1 for the left eye, 1 for the right one.</param>
    public ViewCamera Eye(int side, ViewCamera source)
    {
        var shift = side * Baseline / 2;
        var k = source.Intrinsics;
        return new(k with { Cx = k.Cx + (k.Fx * shift / Convergence) }, new RigidTransform(Mat3.Identity, new(-shift, 0, 0)) * source.CamFromWorld);
    }
}
