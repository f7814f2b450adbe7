using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>Where the points of a cloud come from, when all are pixels of one frame.</summary>
/// <param name="Pixels">Per point its pixel, row by row; ascending.</param>
/// <param name="Intrinsics">Of the frame; each point lies on its pixel's ray.</param>
internal sealed record PixelGrid(int[] Pixels, Intrinsics Intrinsics, RigidTransform CamFromWorld);
