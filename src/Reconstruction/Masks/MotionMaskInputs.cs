using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Where motion masks take their pictures and flow from; called from several threads at once.</summary>
/// <param name="FrameCount">Frames of the clip, at least 2.</param>
/// <param name="Views">Every view that flow joins to a frame, at training size.</param>
/// <param name="Rgb">The frame at working size.</param>
public sealed record MotionMaskInputs(int FrameCount, Func<int, IReadOnlyList<MotionView>> Views, Func<int, Raster<byte>> Rgb);
