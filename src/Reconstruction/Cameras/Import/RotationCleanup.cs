using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Makes a matrix that was rounded in a text file a rotation again.</summary>
internal static class RotationCleanup
{
    /// <summary>Below this much of RᵀR - I a matrix counts as exact and is kept as it is, bit by bit.</summary>
    private const double Exact = 1e-12;

    /// <summary>Nearest rotation by Newton's iteration for the polar factor; the input must be within 1e-3 of one.</summary>
    public static RigidTransform Nearest(RigidTransform pose)
    {
        var r = pose.Rotation;
        for (var k = 0; k < 6; k++)
        {
            var g = r.Transposed * r;
            var off = Math.Abs(g.M00 - 1) + Math.Abs(g.M11 - 1) + Math.Abs(g.M22 - 1) + Math.Abs(g.M01) + Math.Abs(g.M02) + Math.Abs(g.M12);
            if (off < Exact) break;
            var i = r.Inverse().Transposed;
            r = new Mat3(
                (r.M00 + i.M00) / 2, (r.M01 + i.M01) / 2, (r.M02 + i.M02) / 2,
                (r.M10 + i.M10) / 2, (r.M11 + i.M11) / 2, (r.M12 + i.M12) / 2,
                (r.M20 + i.M20) / 2, (r.M21 + i.M21) / 2, (r.M22 + i.M22) / 2);
        }

        return pose with { Rotation = r };
    }
}
