namespace Depth3D.Reconstruction.Geometry;

/// <summary>Angles of and between rotations.</summary>
public static class Rotations
{
    /// <summary>Angle of the rotation that leads from <paramref name="a"/> to <paramref name="b"/>, in radians, 0 to pi.</summary>
    public static double AngleBetween(Mat3 a, Mat3 b)
    {
        var (w, x, y, z) = (a.Transposed * b).ToQuaternion();
        return 2 * Math.Atan2(Math.Sqrt((x * x) + (y * y) + (z * z)), w);
    }

    /// <summary>Axis times angle in radians of a rotation; the inverse of <see cref="Mat3.FromRotationVector"/>.</summary>
    public static Vec3 ToRotationVector(Mat3 rotation)
    {
        var (w, x, y, z) = rotation.ToQuaternion();
        var v = new Vec3(x, y, z);
        var sine = v.Length;
        return sine < 1e-12 ? v * 2 : v * (2 * Math.Atan2(sine, w) / sine);
    }

    /// <summary>Spherical interpolation along the shorter arc; 0 gives <paramref name="a"/>, 1 gives <paramref name="b"/>.</summary>
    public static Mat3 Slerp(Mat3 a, Mat3 b, double fraction) =>
        a * Mat3.FromRotationVector(ToRotationVector(a.Transposed * b) * fraction);
}
