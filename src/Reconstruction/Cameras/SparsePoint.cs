using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>A triangulated point in the world of a <see cref="CameraTrack"/>.</summary>
/// <param name="ErrorPixels">Mean reprojection error at the solver's image size; 0 where unknown.</param>
/// <param name="TrackLength">Frames that see it; 0 where unknown.</param>
public readonly record struct SparsePoint(Vec3 Position, byte Red, byte Green, byte Blue, double ErrorPixels, int TrackLength);
