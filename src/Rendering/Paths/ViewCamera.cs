using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Paths;

/// <summary>A camera from which a clip is shown.</summary>
/// <param name="Intrinsics">Its size is the picture's.</param>
public readonly record struct ViewCamera(Intrinsics Intrinsics, RigidTransform CamFromWorld);
