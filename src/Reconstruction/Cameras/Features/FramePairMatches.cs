namespace Depth3D.Reconstruction.Cameras.Features;

/// <summary>Matching key points of two frames, by index.</summary>
public sealed record FramePairMatches(int Frame1, int Frame2, IReadOnlyList<(int A, int B)> Matches);
