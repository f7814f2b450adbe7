using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Between OpenGL camera axes (x right, y up, z backward) and this code's (x right, y down, z forward): spec 0 and 1.3.</summary>
internal static class OpenGlPose
{
    /// <summary>F3 = diag(1, -1, -1), its own inverse.</summary>
    private static readonly Mat3 Flip = new(1, 0, 0, 0, -1, 0, 0, 0, -1);

    /// <summary>World to OpenCV camera from the upper three rows of a camera-to-world matrix with OpenGL camera axes: F4 * inv(M).</summary>
    /// <param name="rows">12 numbers, row-major.</param>
    public static RigidTransform CamFromWorld(ReadOnlySpan<double> rows, string where)
    {
        var worldFromGl = new RigidTransform(
            new Mat3(rows[0], rows[1], rows[2], rows[4], rows[5], rows[6], rows[8], rows[9], rows[10]), new Vec3(rows[3], rows[7], rows[11]));
        CameraFault.CheckPose(worldFromGl, where);
        return new RigidTransform(Flip, Vec3.Zero) * RotationCleanup.Nearest(worldFromGl).Inverse();
    }

    /// <summary>inv([R t; 0 1]) * F4, the matrix that <see cref="CamFromWorld"/> reads back.</summary>
    public static RigidTransform WorldFromOpenGl(RigidTransform camFromWorld) =>
        camFromWorld.Inverse() * new RigidTransform(Flip, Vec3.Zero);
}
