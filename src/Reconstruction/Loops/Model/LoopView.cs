using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>A camera that a loop is seen or was filmed from.</summary>
/// <param name="Index">Number of the clip it belongs to.</param>
/// <param name="Intrinsics">At the working size.</param>
/// <param name="CamFromReference">Maps the reference camera's frame to this camera's.</param>
public sealed record LoopView(int Index, Intrinsics Intrinsics, RigidTransform CamFromReference);
