using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>The camera in the middle of several (video-loop spec 1.3): mean centre, mean viewing direction, upright in the mean.</summary>
public static class MeanCamera
{
    /// <param name="camFromWorld">At least one; the directions must not cancel out.</param>
    public static RigidTransform Of(IReadOnlyList<RigidTransform> camFromWorld)
    {
        ArgumentNullException.ThrowIfNull(camFromWorld);
        Vec3 centre = Vec3.Zero, forward = Vec3.Zero, down = Vec3.Zero;
        foreach (var camera in camFromWorld)
        {
            var axes = camera.Rotation.Transposed;
            centre += camera.Center * (1.0 / camFromWorld.Count);
            (down, forward) = (down + axes.Column(1), forward + axes.Column(2));
        }

        var z = forward.Normalized;
        var x = down.Cross(z).Normalized;
        var rotation = Mat3.FromRows(x, z.Cross(x), z);
        return new RigidTransform(rotation, -(rotation * centre));
    }
}
