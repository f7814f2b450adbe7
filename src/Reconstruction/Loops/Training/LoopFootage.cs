using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>What a view filmed.</summary>
/// <param name="View">Its camera at the size of the frames.</param>
/// <param name="Frames">RGB.</param>
/// <param name="Valid">Per frame and pixel whether it has a colour that may be shown; null for everywhere.</param>
/// <param name="Leads">Whether its loss has large patches (spec 5.3).</param>
public sealed record LoopFootage(LoopView View, IReadOnlyList<Raster<byte>> Frames, IReadOnlyList<bool[]>? Valid = null, bool Leads = true);
