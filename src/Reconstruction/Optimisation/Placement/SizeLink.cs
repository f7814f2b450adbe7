namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>A measured change of size: log size in frame <paramref name="To"/> less that in <paramref name="From"/>.</summary>
internal readonly record struct SizeLink(int From, int To, double LogRatio, double Weight);
