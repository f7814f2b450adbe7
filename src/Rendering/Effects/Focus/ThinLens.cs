using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// Circle of confusion of a thin lens: c = f^2 / (N (s - f)) |z - s| / z for focal length f, f-number N, focus at s, point at z, all in one unit.
/// </summary>
internal readonly record struct ThinLens
{
    private readonly double _gain;
    private readonly double _focal;

    /// <param name="gain">Radius in pixels per unit of inverse depth, for a focus far beyond the focal length.</param>
    /// <param name="focal">Focal length in units of depth; 0 where only the gain counts.</param>
    private ThinLens(double gain, double focal) => (_gain, _focal) = (gain, focal);

    public static ThinLens Make(FocusSettings settings, Intrinsics intrinsics, double medianDepth)
    {
        if (settings.FNumber is not { } fNumber) return new ThinLens(0.5 * settings.Strength * intrinsics.Width * medianDepth, 0);
        var millimetres = settings.FocalMillimetres ?? intrinsics.Fx / intrinsics.Width * settings.SensorMillimetres;
        var focal = millimetres / 1000 / settings.MetresPerUnit;
        var pixelsPerUnit = intrinsics.Width / (settings.SensorMillimetres / 1000 / settings.MetresPerUnit);
        return new ThinLens(0.5 * focal * focal / fNumber * pixelsPerUnit, focal);
    }

    /// <summary>Radius in pixels per unit of inverse depth between the point and the focus; positive is farther.</summary>
    /// <exception cref="Depth3DException">The focus lies within the focal length: no such picture exists.</exception>
    public double Gain(double focusDepth)
    {
        if (focusDepth > _focal * 1.001) return _gain * focusDepth / (focusDepth - _focal);
        throw new Depth3DException(FormattableString.Invariant($"a lens of focal length {_focal:G3} cannot focus at a depth of {focusDepth:G3}"),
            remedy: "give a shorter focal length, or what a unit of depth is in metres", kind: FailureKind.Usage);
    }
}
