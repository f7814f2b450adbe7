using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>A loop cut out of a clip.</summary>
/// <param name="Frames">One per frame of the loop.</param>
/// <param name="Segment">Where it was cut; null for a still picture of a clip in which nothing moves.</param>
/// <param name="FadeFrames">Frames that were blended at the end.</param>
public sealed record LoopCut(IReadOnlyList<Raster<byte>> Frames, LoopKind Kind, LoopSegment? Segment, int FadeFrames);
