using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// Where the ray of a pixel meets a plane z = const of the reference camera's frame, as a texel of that plane (spec 2.6):
/// <c>G = Km [Rᵀ + c (nᵀRᵀ) / (z - c_z)] Kt⁻¹</c> with n = (0, 0, 1) and c the camera's centre. Pixel and texel centres lie at integers.
/// </summary>
public static class PlaneHomography
{
    /// <summary>
    /// Texel of a pixel, as a homography whose third coordinate is positive exactly where the ray goes forward in the reference frame, that is where it
    /// meets the plane. The planes are met in their order, so nothing needs to be sorted.
    /// </summary>
    /// <param name="plane">Camera of the texel grid (<see cref="LoopGeometry.Plane"/>).</param>
    /// <param name="depth">z of the plane in the reference frame.</param>
    /// <returns>Null where the camera is not in front of the plane.</returns>
    public static Mat3? TexelFromPixel(Intrinsics plane, double depth, Intrinsics camera, RigidTransform camFromReference)
    {
        var inverse = camFromReference.Rotation.Transposed;
        var centre = camFromReference.Center;
        var distance = depth - centre.Z;
        if (!(distance > 0)) return null;
        var forward = inverse.Transposed.Column(2); // the third row of Rᵀ
        var ray = Mat3.FromRows(
            Row(inverse, 0) + (forward * (centre.X / distance)),
            Row(inverse, 1) + (forward * (centre.Y / distance)),
            Row(inverse, 2) + (forward * (centre.Z / distance)));
        return Matrix(plane) * ray * Inverse(camera);
    }

    /// <summary>The homographies of all planes, from near to far; null for planes that the camera is not in front of.</summary>
    public static Mat3?[] All(LoopGeometry geometry, Intrinsics camera, RigidTransform camFromReference)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return [.. geometry.PlaneDepths.Select(depth => TexelFromPixel(geometry.Plane, depth, camera, camFromReference))];
    }

    /// <summary>The texel (column, row) that a pixel's ray meets; null where it goes backward or along the plane.</summary>
    public static (double U, double V)? Apply(Mat3 texelFromPixel, double u, double v)
    {
        var p = texelFromPixel * new Vec3(u, v, 1);
        return p.Z > 0 ? (p.X / p.Z, p.Y / p.Z) : null;
    }

    private static Vec3 Row(Mat3 m, int row) => m.Transposed.Column(row);

    private static Mat3 Matrix(Intrinsics k) => new(k.Fx, 0, k.Cx, 0, k.Fy, k.Cy, 0, 0, 1);

    private static Mat3 Inverse(Intrinsics k) => new(1 / k.Fx, 0, -k.Cx / k.Fx, 0, 1 / k.Fy, -k.Cy / k.Fy, 0, 0, 1);
}
