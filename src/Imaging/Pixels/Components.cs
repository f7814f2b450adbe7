namespace Depth3D.Imaging;

/// <summary>Connected regions of a mask.</summary>
/// <param name="Labels">0 = background, otherwise <see cref="Component.Label"/>.</param>
/// <param name="Regions">By label; region i has label i + 1.</param>
public sealed record Components(Raster<int> Labels, IReadOnlyList<Component> Regions);
