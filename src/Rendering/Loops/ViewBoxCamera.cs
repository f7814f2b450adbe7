using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>How a viewer of a loop stands: somewhere in the box, with the point that is looked at in the middle of the picture.</summary>
public static class ViewBoxCamera
{
    /// <param name="centre">Of the camera, reference frame; brought into the box.</param>
    /// <returns>The identity for the box's middle where it looks along the reference camera's axis.</returns>
    public static RigidTransform CamFromReference(ViewBox view, Vec3 centre)
    {
        ArgumentNullException.ThrowIfNull(view);
        var at = new Vec3(Within(centre.X, view.Extent.X), Within(centre.Y, view.Extent.Y), Within(centre.Z, view.Extent.Z));
        var forward = (view.LookAt - at).Normalized;
        var right = forward.Cross(view.Up).Normalized;
        var rotation = Mat3.FromRows(right, forward.Cross(right), forward);
        return new RigidTransform(rotation, -(rotation * at));
    }

    /// <summary>The eight corners of the box.</summary>
    public static IEnumerable<Vec3> Corners(Vec3 extent) =>
        from x in new[] { -1, 1 } from y in new[] { -1, 1 } from z in new[] { -1, 1 } select new Vec3(x * extent.X, y * extent.Y, z * extent.Z);

    private static double Within(double value, double extent) => Math.Clamp(value, -extent, extent);
}
