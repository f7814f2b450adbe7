namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>A pinhole with the radial (k1, k2) and tangential (p1, p2) distortion of OpenCV's model, of which only a little is tolerated.</summary>
internal readonly record struct LensParameters(Intrinsics Pinhole, double K1, double K2, double P1, double P2)
{
    /// <summary>
    /// Distortion that moves a corner by more than this share of the long side is refused. One percent is 6 px at 640: it fades towards the
    /// middle, and larger values visibly bend the reprojections that the depth is fitted to.
    /// </summary>
    public const double MaxCornerShare = 0.01;

    /// <summary>Below this shift in pixels distortion is not worth a word.</summary>
    private const double SilentPixels = 0.1;

    /// <summary>Drops the distortion, with a warning where it can be noticed.</summary>
    /// <exception cref="Messages.Depth3DException">It is too strong, or the focal length or principal point is absurd.</exception>
    public Intrinsics ToPinhole(string where, List<string> warnings)
    {
        CameraFault.CheckIntrinsics(Pinhole, where);
        var shift = CornerShiftPixels();
        var share = shift / Math.Max(Pinhole.Width, Pinhole.Height);
        if (!(share <= MaxCornerShare))
        {
            throw CameraFault.Of(where,
                $"lens distortion moves the image corner by {shift:f1} px ({share:p1} of the long side); at most {MaxCornerShare:p0} can be ignored",
                "undistort the images first: colmap image_undistorter --image_path IMAGES --input_path MODEL --output_path OUT");
        }

        if (shift > SilentPixels)
            warnings.Add($"lens distortion is ignored: up to {shift:f1} px at the corners of {Pinhole.Width} x {Pinhole.Height}; undistort for best results");
        return Pinhole;
    }

    private double CornerShiftPixels()
    {
        var worst = 0.0;
        foreach (var (u, v) in (ReadOnlySpan<(double, double)>)[(0, 0), (Pinhole.Width - 1, 0), (0, Pinhole.Height - 1), (Pinhole.Width - 1, Pinhole.Height - 1)])
        {
            double x = (u - Pinhole.Cx) / Pinhole.Fx, y = (v - Pinhole.Cy) / Pinhole.Fy, r2 = (x * x) + (y * y);
            var radial = (K1 * r2) + (K2 * r2 * r2);
            var dx = (x * radial) + (2 * P1 * x * y) + (P2 * (r2 + (2 * x * x)));
            var dy = (y * radial) + (2 * P2 * x * y) + (P1 * (r2 + (2 * y * y)));
            worst = Math.Max(worst, Math.Sqrt(Math.Pow(dx * Pinhole.Fx, 2) + Math.Pow(dy * Pinhole.Fy, 2)));
            if (!double.IsFinite(dx + dy)) return double.PositiveInfinity;
        }

        return worst;
    }
}
