using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Exports;

/// <summary>
/// The axes of other programs. Cameras and world of a run are OpenCV's: x right, y down, z forward. Programs of the OpenGL kind have cameras that
/// look along -z with y up, and a world with y or z up.
/// </summary>
internal static class ExportAxes
{
    /// <summary>Turns y and z about: between OpenCV's and OpenGL's axes, for cameras and for a world with y up.</summary>
    public static readonly Mat3 YUp = new(1, 0, 0, 0, -1, 0, 0, 0, -1);

    /// <summary>The run's world with z up: x stays, forward becomes y, up becomes z.</summary>
    public static readonly Mat3 ZUp = new(1, 0, 0, 0, 0, 1, 0, -1, 0);

    public const string World = "the run's world, OpenCV axes: where the first camera of an upright clip looks along z, y is down and x right";

    /// <param name="world">One of the above, or the identity.</param>
    /// <returns>An OpenGL camera to that world.</returns>
    public static RigidTransform WorldFromOpenGlCam(RigidTransform worldFromCam, Mat3 world) =>
        new(world * worldFromCam.Rotation * YUp, world * worldFromCam.Translation);

    /// <summary>Row by row.</summary>
    public static double[] Rows(RigidTransform t) =>
    [
        t.Rotation.M00, t.Rotation.M01, t.Rotation.M02, t.Translation.X,
        t.Rotation.M10, t.Rotation.M11, t.Rotation.M12, t.Translation.Y,
        t.Rotation.M20, t.Rotation.M21, t.Rotation.M22, t.Translation.Z,
        0, 0, 0, 1,
    ];

    /// <summary>Three floats per point, in the other world.</summary>
    public static float[] Turned(float[] xyz, Mat3 world)
    {
        var result = new float[xyz.Length];
        for (var i = 0; i < xyz.Length; i += 3)
        {
            var p = world * new Vec3(xyz[i], xyz[i + 1], xyz[i + 2]);
            (result[i], result[i + 1], result[i + 2]) = ((float)p.X, (float)p.Y, (float)p.Z);
        }

        return result;
    }
}
