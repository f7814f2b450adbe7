namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>Unweighted losses of an update of stage 1 (video-loop spec 3.2).</summary>
/// <param name="Total">Weighted sum.</param>
public sealed record StillLosses(int Step, int Level, double Total, double Photometric, double Mask, double Sparsity, double ColourVariation, double AlphaVariation, double Density);
