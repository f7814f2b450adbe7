namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>One row of COLMAP's <c>cameras</c> file, unconverted.</summary>
/// <param name="Id">COLMAP's camera id, not negative.</param>
/// <param name="Model">Lens model, which fixes the meaning of <paramref name="Parameters"/>.</param>
/// <param name="Parameters">As in the file; the principal point counts pixel centres at +0.5.</param>
public sealed record ColmapCamera(int Id, ColmapLens Model, int Width, int Height, IReadOnlyList<double> Parameters);
