using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>What stage 1 sees of a view.</summary>
/// <param name="Exposure">RGB long exposure (video-loop spec 1.4), at the view's size.</param>
/// <param name="Loopable">255 where the clip can loop, 0 elsewhere, same size.</param>
public sealed record StillView(LoopView View, Raster<byte> Exposure, Raster<byte> Loopable);
