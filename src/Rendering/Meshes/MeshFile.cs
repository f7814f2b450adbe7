using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>Reads meshes: OBJ with MTL, PLY with faces, glTF 2.0 and GLB; the content decides which. Nothing a file announces is believed before it is checked.</summary>
public static class MeshFile
{
    public const int MaxVertices = 2_000_000;
    public const int MaxTriangles = 2_000_000;

    /// <exception cref="Depth3DException">No mesh, damaged, beyond the limits, or a file it names is missing.</exception>
    public static Mesh Read(MeshFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var bytes = files.ReadMain();
        var start = bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).TrimStart("\uFEFF \t\r\n"u8);
        var mesh = start switch
        {
            _ when start.StartsWith("glTF"u8) || start.StartsWith("{"u8) => GltfReader.Read(bytes, files),
            _ when start.StartsWith("ply"u8) => PlyMeshReader.Read(bytes, files.Main),
            _ when !start.Contains((byte)0) => ObjReader.Read(bytes, files),
            _ => throw new Depth3DException("no mesh: neither OBJ, PLY, glTF nor GLB", files.Main, "export it as GLB"),
        };
        Check(mesh, files.Main);
        return mesh;
    }

    /// <exception cref="Depth3DException">More vertices or triangles than are read.</exception>
    internal static void CheckCounts(long vertices, long triangles, string where)
    {
        if (vertices > MaxVertices || triangles > MaxTriangles)
        {
            throw new Depth3DException($"{vertices} vertices and {triangles} triangles; at most {MaxVertices} and {MaxTriangles} are read", where,
                "reduce the mesh first");
        }
    }

    private static void Check(Mesh mesh, string where)
    {
        if (mesh.TriangleCount == 0) throw new Depth3DException("no triangles", where, "export surfaces, not points or lines");
        CheckCounts(mesh.VertexCount, mesh.TriangleCount, where);
        foreach (var value in mesh.Positions)
            if (!float.IsFinite(value)) throw new Depth3DException("a vertex that is not finite", where, "export it again");
        foreach (var index in mesh.Triangles)
        {
            if ((uint)index >= (uint)mesh.VertexCount)
                throw new Depth3DException($"a triangle names vertex {index} of {mesh.VertexCount}", where, "the file is damaged; export it again");
        }
    }
}
