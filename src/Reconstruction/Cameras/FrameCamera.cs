using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>The camera of one frame.</summary>
/// <param name="Registered">False where the solver gave no pose and it was interpolated from its neighbours.</param>
public sealed record FrameCamera(RigidTransform CamFromWorld, bool Registered = true);
