using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Checks every camera file goes through, and the errors they end in.</summary>
internal static class CameraFault
{
    /// <summary>Largest allowed entry of RᵀR - I; text with six digits passes, a sheared or scaled matrix does not.</summary>
    private const double OrthonormalTolerance = 1e-3;

    /// <summary>A focal length must lie between these multiples of the long side: 136 to 1.1 degrees of view.</summary>
    private const double MinFocalShare = 0.2, MaxFocalShare = 50;

    private const int MaxSide = 65536;

    private const double MaxTranslation = 1e12;

    public static Depth3DException Of(string where, string what, string? remedy = null, Exception? inner = null) =>
        new(what, where, remedy ?? "mend the camera file, or solve the cameras from the images: --cameras colmap", FailureKind.BadInput, inner);

    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Of(path, $"cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>Rotation of a scalar-first quaternion.</summary>
    public static Mat3 Rotation(double w, double x, double y, double z, string where)
    {
        try
        {
            return Mat3.FromQuaternion(w, x, y, z);
        }
        catch (ArgumentException e)
        {
            throw Of(where, $"the quaternion ({w} {x} {y} {z}) has no length, so it is no rotation", inner: e);
        }
    }

    public static void CheckSize(double width, double height, string where)
    {
        if (width is >= 1 and <= MaxSide && height is >= 1 and <= MaxSide) return;
        throw Of(where, $"image size {width} x {height}: sides of 1 to {MaxSide} pixels expected");
    }

    public static void CheckPose(RigidTransform pose, string where)
    {
        var t = pose.Translation;
        var r = pose.Rotation;
        var gram = r.Transposed * r;
        var off = Math.Max(Math.Max(Math.Abs(gram.M00 - 1), Math.Abs(gram.M11 - 1)), Math.Abs(gram.M22 - 1));
        off = Math.Max(off, Math.Max(Math.Max(Math.Abs(gram.M01), Math.Abs(gram.M02)), Math.Abs(gram.M12)));
        if (!(off <= OrthonormalTolerance))
            throw Of(where, $"the rotation is not orthonormal: R'R differs from the identity by {off:g3}, at most {OrthonormalTolerance:g1} expected");
        if (!(r.Determinant > 0)) throw Of(where, "the rotation mirrors: its determinant is -1, +1 expected");
        if (!(t.Length <= MaxTranslation)) throw Of(where, $"the translation ({t.X:g4} {t.Y:g4} {t.Z:g4}) is not a usable number");
    }

    public static void CheckIntrinsics(Intrinsics k, string where)
    {
        CheckSize(k.Width, k.Height, where);
        double side = Math.Max(k.Width, k.Height), low = MinFocalShare * side, high = MaxFocalShare * side;
        foreach (var f in (ReadOnlySpan<double>)[k.Fx, k.Fy])
        {
            if (!(f >= low && f <= high))
                throw Of(where, $"focal length {f:g6} px: {low:g4} to {high:g4} expected for {k.Width} x {k.Height}");
        }

        if (!(Math.Abs(k.Cx - (k.Width / 2.0)) <= k.Width / 2.0 && Math.Abs(k.Cy - (k.Height / 2.0)) <= k.Height / 2.0))
            throw Of(where, $"principal point ({k.Cx:g6}, {k.Cy:g6}) lies outside the {k.Width} x {k.Height} image");
    }
}
