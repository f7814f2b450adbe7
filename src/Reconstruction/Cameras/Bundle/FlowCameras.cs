using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>Cameras solved from flow.</summary>
/// <param name="Intrinsics">At the flow's size.</param>
/// <param name="CamFromWorld">One per frame.</param>
/// <param name="Points">Those with enough parallax, grey.</param>
public sealed record FlowCameras(Intrinsics Intrinsics, IReadOnlyList<RigidTransform> CamFromWorld, IReadOnlyList<SparsePoint> Points, ModelQuality Quality);
