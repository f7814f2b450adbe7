namespace Depth3D.Rendering.Meshes;

/// <summary>Triangles with materials. Model axes are glTF's: x right, y up, z towards the viewer of its front.</summary>
/// <param name="Positions">Three per vertex, finite.</param>
/// <param name="Normals">Three per vertex, unit length, or empty: faces are then flat.</param>
/// <param name="TexCoords">Two per vertex, (0, 0) at the top left of the texture, or empty.</param>
/// <param name="Colours">Red, green, blue, alpha per vertex, in light, or empty.</param>
/// <param name="Triangles">Three vertex indices per triangle.</param>
/// <param name="Parts">Runs of triangles of one material, in order, together all of them.</param>
public sealed record Mesh(
    float[] Positions, float[] Normals, float[] TexCoords, float[] Colours, int[] Triangles, IReadOnlyList<MeshPart> Parts)
{
    public int VertexCount => Positions.Length / 3;

    public int TriangleCount => Triangles.Length / 3;

    /// <summary>Corners of the box around all vertices.</summary>
    public (double[] Least, double[] Most) Bounds()
    {
        double[] least = [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity];
        double[] most = [double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity];
        for (var i = 0; i < Positions.Length; i++)
        {
            least[i % 3] = Math.Min(least[i % 3], Positions[i]);
            most[i % 3] = Math.Max(most[i % 3], Positions[i]);
        }

        return (least, most);
    }
}
