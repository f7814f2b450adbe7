using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Where a ray met the scene first.</summary>
/// <param name="Parameter">Along the ray; equals the depth z for camera rays, whose direction has z = 1 in camera coordinates.</param>
/// <param name="BodyIndex">Into the scene's bodies.</param>
/// <param name="BodyPoint">The point in the body's own coordinates, where it stays for all time.</param>
internal readonly record struct RayHit(double Parameter, int BodyIndex, Primitive Surface, Vec3 BodyPoint);
