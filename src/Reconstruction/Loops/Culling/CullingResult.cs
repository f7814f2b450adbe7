using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>Which tiles stay.</summary>
/// <param name="Labels">One per tile, row-major [plane, tile row, tile column].</param>
/// <param name="Unseen">Tiles taken out because they add nothing to any view.</param>
/// <param name="WithinBudget">Tiles taken out because they add less than the budget.</param>
/// <param name="Bound">No colour changed by more than this, 0..1.</param>
public sealed record CullingResult(TileLabel[] Labels, int Unseen, int WithinBudget, double Bound);
