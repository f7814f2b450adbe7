using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>One registered image of a COLMAP model.</summary>
/// <param name="CamFromWorld">World to camera, OpenCV axes, as COLMAP stores it.</param>
/// <param name="Name">File name relative to COLMAP's image folder.</param>
/// <param name="Observations">Its key points, in file order; pixel centres at +0.5.</param>
public sealed record ColmapImage(
    int Id, RigidTransform CamFromWorld, int CameraId, string Name, IReadOnlyList<ColmapObservation> Observations);
