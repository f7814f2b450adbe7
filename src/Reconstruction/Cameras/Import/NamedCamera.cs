using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>A camera as a file names it.</summary>
/// <param name="Name">Image name as the file gives it, or null where the format has none and the order decides.</param>
public sealed record NamedCamera(string? Name, RigidTransform CamFromWorld, Intrinsics Intrinsics);
