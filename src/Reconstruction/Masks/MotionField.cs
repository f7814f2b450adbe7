using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>What flow says of one frame's motion, at training size.</summary>
/// <param name="Evidence">How far each pixel is from moving as the camera makes it move; <see cref="MotionEvidence"/>.</param>
/// <param name="Links">Where one surface ends and another begins, whether by depth or by motion of its own.</param>
internal sealed record MotionField(Raster<float> Evidence, SurfaceLinks Links);
