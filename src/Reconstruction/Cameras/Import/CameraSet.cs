namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>What one camera file holds, in this code base's conventions (OpenCV axes, pixel centres at integers), at the file's image size.</summary>
/// <param name="Cameras">In the file's order.</param>
/// <param name="Warnings">What was ignored, for people.</param>
public sealed record CameraSet(IReadOnlyList<NamedCamera> Cameras, IReadOnlyList<SparsePoint> Points, IReadOnlyList<string> Warnings);
