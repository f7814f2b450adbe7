using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>One model that COLMAP found for a clip.</summary>
/// <param name="CamFromWorld">Per frame; null where not registered.</param>
/// <param name="How">The settings it came from, for people.</param>
public sealed record ColmapSolution(
    Intrinsics Intrinsics, IReadOnlyList<RigidTransform?> CamFromWorld, IReadOnlyList<SparsePoint> Points, ModelQuality Quality, string How);
