using System.Text.Json.Serialization;

namespace Depth3D.Reconstruction.Geometry;

/// <summary>A double-precision 3x3 matrix, named by row and column; multiplies column vectors.</summary>
public readonly record struct Mat3(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22)
{
    public static readonly Mat3 Identity = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public static Mat3 FromRows(Vec3 a, Vec3 b, Vec3 c) => new(a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z);

    [JsonIgnore]
    public Mat3 Transposed => new(M00, M10, M20, M01, M11, M21, M02, M12, M22);

    [JsonIgnore]
    public double Trace => M00 + M11 + M22;

    [JsonIgnore]
    public double Determinant =>
        (M00 * ((M11 * M22) - (M12 * M21))) - (M01 * ((M10 * M22) - (M12 * M20))) + (M02 * ((M10 * M21) - (M11 * M20)));

    public static Vec3 operator *(Mat3 m, Vec3 v) => new(
        (m.M00 * v.X) + (m.M01 * v.Y) + (m.M02 * v.Z),
        (m.M10 * v.X) + (m.M11 * v.Y) + (m.M12 * v.Z),
        (m.M20 * v.X) + (m.M21 * v.Y) + (m.M22 * v.Z));

    public static Mat3 operator *(Mat3 a, Mat3 b) => FromColumns(a * b.Column(0), a * b.Column(1), a * b.Column(2));

    public static Mat3 FromColumns(Vec3 a, Vec3 b, Vec3 c) => new(a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z);

    public Vec3 Column(int index) => index switch
    {
        0 => new(M00, M10, M20),
        1 => new(M01, M11, M21),
        2 => new(M02, M12, M22),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    public Mat3 Inverse()
    {
        var d = Determinant;
        if (d == 0 || !double.IsFinite(d)) throw new InvalidOperationException("singular 3x3 matrix");
        var s = 1 / d;
        return new(
            s * ((M11 * M22) - (M12 * M21)), s * ((M02 * M21) - (M01 * M22)), s * ((M01 * M12) - (M02 * M11)),
            s * ((M12 * M20) - (M10 * M22)), s * ((M00 * M22) - (M02 * M20)), s * ((M02 * M10) - (M00 * M12)),
            s * ((M10 * M21) - (M11 * M20)), s * ((M01 * M20) - (M00 * M21)), s * ((M00 * M11) - (M01 * M10)));
    }

    /// <summary>Rotation of the Hamilton quaternion w + xi + yj + zk (scalar first, as COLMAP writes it), normalised here.</summary>
    /// <exception cref="ArgumentException">The quaternion has no length.</exception>
    public static Mat3 FromQuaternion(double w, double x, double y, double z)
    {
        var n = Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        if (!(n > 1e-12) || !double.IsFinite(n)) throw new ArgumentException("quaternion of zero length");
        (w, x, y, z) = (w / n, x / n, y / n, z / n);
        return new(
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))));
    }

    /// <summary>Rotation by an axis-angle vector in radians (Rodrigues).</summary>
    public static Mat3 FromRotationVector(Vec3 r)
    {
        var angle = r.Length;
        if (angle < 1e-12) return FromQuaternion(1, r.X / 2, r.Y / 2, r.Z / 2);
        var s = Math.Sin(angle / 2) / angle;
        return FromQuaternion(Math.Cos(angle / 2), r.X * s, r.Y * s, r.Z * s);
    }

    /// <summary>Hamilton quaternion (w, x, y, z) of a rotation, w not negative.</summary>
    public (double W, double X, double Y, double Z) ToQuaternion()
    {
        double w, x, y, z;
        if (Trace > 0)
        {
            var s = 2 * Math.Sqrt(1 + Trace);
            (w, x, y, z) = (s / 4, (M21 - M12) / s, (M02 - M20) / s, (M10 - M01) / s);
        }
        else if (M00 >= M11 && M00 >= M22)
        {
            var s = 2 * Math.Sqrt(1 + M00 - M11 - M22);
            (w, x, y, z) = ((M21 - M12) / s, s / 4, (M01 + M10) / s, (M02 + M20) / s);
        }
        else if (M11 >= M22)
        {
            var s = 2 * Math.Sqrt(1 + M11 - M00 - M22);
            (w, x, y, z) = ((M02 - M20) / s, (M01 + M10) / s, s / 4, (M12 + M21) / s);
        }
        else
        {
            var s = 2 * Math.Sqrt(1 + M22 - M00 - M11);
            (w, x, y, z) = ((M10 - M01) / s, (M02 + M20) / s, (M12 + M21) / s, s / 4);
        }

        return w < 0 ? (-w, -x, -y, -z) : (w, x, y, z);
    }
}
