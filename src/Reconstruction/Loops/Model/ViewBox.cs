using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>Where viewers of a loop may stand and what they turn around, in the reference camera's frame.</summary>
/// <param name="Extent">Half-extent of the box of camera centres round the origin, per axis.</param>
/// <param name="LookAt">The point that stays in the middle of the picture when the camera moves.</param>
/// <param name="Up">Up direction of the scene; (0, -1, 0) for a level camera.</param>
public sealed record ViewBox(Vec3 Extent, Vec3 LookAt, Vec3 Up);
