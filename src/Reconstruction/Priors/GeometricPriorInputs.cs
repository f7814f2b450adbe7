using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Priors;

/// <summary>What the geometric prior reads; called from several threads at once.</summary>
/// <param name="Cameras">Scaled to training size.</param>
/// <param name="Views">Every view that flow joins to a frame, training size.</param>
/// <param name="Rgb">The frame at working size.</param>
/// <param name="Mask">255 = moving, working size.</param>
/// <param name="TrainMask">The mask at training size, grown by a pixel.</param>
public sealed record GeometricPriorInputs(
    int FrameCount, CameraTrack Cameras, Func<int, IReadOnlyList<MotionView>> Views, Func<int, Raster<byte>> Rgb,
    Func<int, Raster<byte>> Mask, Func<int, Raster<byte>> TrainMask);
