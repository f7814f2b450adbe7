using System.Numerics;
using Depth3D.Imaging;

namespace Depth3D.Rendering.Meshes;

/// <summary>A mesh as a camera sees it, pixel by pixel of the whole picture.</summary>
/// <param name="Light">Light premultiplied by coverage, which is in W.</param>
/// <param name="Depth">Mean depth z of what covers the pixel; 0 where nothing does.</param>
public sealed record RenderedMesh(Vector4[] Light, Raster<float> Depth);
