using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>One triangulated point of a COLMAP model.</summary>
/// <param name="ErrorPixels">Its mean reprojection error.</param>
/// <param name="Track">The images that see it: image id and index into that image's observations.</param>
public sealed record ColmapPoint(
    long Id, Vec3 Position, byte Red, byte Green, byte Blue, double ErrorPixels, IReadOnlyList<(int ImageId, int ObservationIndex)> Track);
