using System.Text.Json.Serialization;

namespace Depth3D.Reconstruction.Geometry;

/// <summary>x' = Rotation * x + Translation. A value named <c>CamFromWorld</c> maps world to camera (OpenCV axes).</summary>
public readonly record struct RigidTransform(Mat3 Rotation, Vec3 Translation)
{
    public static readonly RigidTransform Identity = new(Mat3.Identity, Vec3.Zero);

    public RigidTransform Inverse()
    {
        var r = Rotation.Transposed;
        return new(r, -(r * Translation));
    }

    /// <summary>For a <c>CamFromWorld</c>: the camera centre in the world, -Rᵀt.</summary>
    [JsonIgnore]
    public Vec3 Center => -(Rotation.Transposed * Translation);

    public Vec3 Apply(Vec3 point) => (Rotation * point) + Translation;

    /// <summary>a * b applies b first: <c>AFromC = AFromB * BFromC</c>.</summary>
    public static RigidTransform operator *(RigidTransform a, RigidTransform b) =>
        new(a.Rotation * b.Rotation, (a.Rotation * b.Translation) + a.Translation);
}
