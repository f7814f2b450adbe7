namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Cameras of a clip with the sparse points and remarks that came with them.</summary>
public sealed record ImportedCameras(CameraTrack Track, IReadOnlyList<SparsePoint> Points, IReadOnlyList<string> Warnings);
