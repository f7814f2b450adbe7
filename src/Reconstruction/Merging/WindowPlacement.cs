using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Merging;

/// <summary>Where a window of a long clip lies in the clip: its unit, and its world.</summary>
/// <param name="Scale">The clip's units in one of the window's.</param>
/// <param name="InverseShift">Added to inverse depth after scaling, in the clip's unit; 0 where cameras with parallax fix depth.</param>
/// <param name="ClipFromWindow">From the window's world, scaled, to the clip's.</param>
public sealed record WindowPlacement(double Scale, double InverseShift, RigidTransform ClipFromWindow)
{
    /// <summary>A shift takes at most this share of a pixel's inverse depth, so that nothing comes to lie behind infinity.</summary>
    public const double MostShiftShare = 0.8;

    public static readonly WindowPlacement Identity = new(1, 0, RigidTransform.Identity);

    /// <summary>Depth z of the window in the clip's unit.</summary>
    public double Depth(double z)
    {
        var scaled = Scale * z;
        return InverseShift == 0 ? scaled : 1 / Math.Max((1 / scaled) + InverseShift, (1 - MostShiftShare) / scaled);
    }

    public Raster<float> Place(Raster<float> depth)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return new Raster<float>(depth.Width, depth.Height, 1, Array.ConvertAll(depth.Samples, z => (float)Depth(z)));
    }

    /// <summary><c>CamFromClip</c> of a camera of the window.</summary>
    public RigidTransform Place(RigidTransform camFromWindow) =>
        (camFromWindow with { Translation = camFromWindow.Translation * Scale }) * ClipFromWindow.Inverse();

    /// <summary>Between two placed depth maps of one frame: even in log depth, so that a factor between them fades evenly.</summary>
    /// <param name="weight">Of <paramref name="second"/>, 0 to 1.</param>
    public static Raster<float> Blend(Raster<float> first, Raster<float> second, double weight)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var blend = new Raster<float>(first.Width, first.Height);
        for (var i = 0; i < blend.Samples.Length; i++)
            blend.Samples[i] = (float)Math.Exp(((1 - weight) * Math.Log(first.Samples[i])) + (weight * Math.Log(second.Samples[i])));
        return blend;
    }

    /// <summary>Between two placed cameras of one frame; a camera that was registered comes before one that was not.</summary>
    public static FrameCamera Blend(FrameCamera first, FrameCamera second, double weight)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Registered != second.Registered) return first.Registered ? first : second;
        return first with { CamFromWorld = PoseInterpolation.Between(first.CamFromWorld, second.CamFromWorld, weight) };
    }
}
