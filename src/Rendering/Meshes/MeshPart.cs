namespace Depth3D.Rendering.Meshes;

/// <summary>A run of triangles of one material.</summary>
public readonly record struct MeshPart(int FirstTriangle, int TriangleCount, MeshMaterial Material);
