using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>The camera's numbers as the inner loop needs them.</summary>
internal readonly struct SplatCamera(Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions options)
{
    public readonly float R00 = (float)camFromWorld.Rotation.M00, R01 = (float)camFromWorld.Rotation.M01, R02 = (float)camFromWorld.Rotation.M02;
    public readonly float R10 = (float)camFromWorld.Rotation.M10, R11 = (float)camFromWorld.Rotation.M11, R12 = (float)camFromWorld.Rotation.M12;
    public readonly float R20 = (float)camFromWorld.Rotation.M20, R21 = (float)camFromWorld.Rotation.M21, R22 = (float)camFromWorld.Rotation.M22;
    public readonly float Tx = (float)camFromWorld.Translation.X, Ty = (float)camFromWorld.Translation.Y, Tz = (float)camFromWorld.Translation.Z;
    public readonly float Fx = (float)intrinsics.Fx, Fy = (float)intrinsics.Fy, Cx = (float)intrinsics.Cx, Cy = (float)intrinsics.Cy;
    public readonly float Near = options.Near, Far = options.Far;
    public readonly float HalfSizeFactor = 0.5f * options.SizeFactor * (float)intrinsics.Fx;
    public readonly float MaxHalf = 0.5f * options.MaxSizePixels * options.Supersampling;
    public readonly int Width = intrinsics.Width, Height = intrinsics.Height;
}
