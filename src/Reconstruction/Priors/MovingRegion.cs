using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>One connected moving region of one frame, at the size of its mask.</summary>
/// <param name="TrackIndex">Regions of the same moving thing over the frames share it; dense from 0.</param>
/// <param name="Label">Its number in the frame's label picture.</param>
/// <param name="Truncated">It touches the picture's edge, so its area is not its size.</param>
public sealed record MovingRegion(int FrameIndex, int TrackIndex, Component Component, int Label, bool Truncated);
