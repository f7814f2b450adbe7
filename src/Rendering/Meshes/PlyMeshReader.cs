using System.Text;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>PLY 1.0 with faces, text or binary little-endian: x y z, optional normals, colours and texture coordinates; polygons become fans.</summary>
internal static class PlyMeshReader
{
    private const int MaxHeaderBytes = 1 << 16;

    public static Mesh Read(byte[] bytes, string where)
    {
        var end = bytes.AsSpan(0, Math.Min(bytes.Length, MaxHeaderBytes)).IndexOf("end_header"u8);
        var line = end < 0 ? -1 : bytes.AsSpan(end).IndexOf((byte)'\n');
        if (line < 0) throw new Depth3DException("no PLY file, or its header is truncated", where, "export it again");
        var (elements, ascii) = PlyElement.Parse(Encoding.UTF8.GetString(bytes, 0, end), where);
        var body = new PlyBody(bytes, end + line + 1, ascii, where);
        CheckAnnounced(elements, ascii, body.BytesLeft, where);
        var vertices = elements.Find(e => e.Name == "vertex");
        var faces = elements.Find(e => e.Name == "face");
        if (vertices is null || faces is null || faces.Count == 0)
            throw new Depth3DException("points without faces: no mesh", where, "export surfaces, not points");
        float[] values = [];
        List<int> triangles = [];
        foreach (var element in elements)
        {
            if (element == vertices) values = Vertices(element, body, where);
            else if (element == faces) triangles = Faces(element, body, where);
            else Skip(element, body);
        }

        return Assemble(vertices, values, triangles, where);
    }

    /// <summary>Before any memory is taken: every scalar needs its bytes, in text a digit and a blank; a list at least its length.</summary>
    private static void CheckAnnounced(List<PlyElement> elements, bool ascii, long available, string where)
    {
        foreach (var element in elements)
        {
            var least = element.Properties.Sum(p => ascii ? 2L : PlyElement.Size(p.CountType ?? p.Type));
            if (element.Count > 0 && (least == 0 || element.Count > (available + 1) / least))
            {
                throw new Depth3DException($"the header announces {element.Count} of '{element.Name}', {available} bytes follow", where,
                    "the file is truncated or damaged; export it again");
            }

            MeshFile.CheckCounts(element.Name == "vertex" ? element.Count : 0, element.Name == "face" ? element.Count : 0, where);
        }
    }

    private static float[] Vertices(PlyElement element, PlyBody body, string where)
    {
        if (element.Properties.Exists(p => p.CountType is not null)) throw new Depth3DException("vertices that hold lists", where, "export it again");
        var values = new float[checked((int)element.Count * element.Properties.Count)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)body.Next(element.Properties[i % element.Properties.Count].Type);
        return values;
    }

    private static List<int> Faces(PlyElement element, PlyBody body, string where)
    {
        var list = element.Find("vertex_indices", "vertex_index");
        if (list < 0 || element.Properties[list].CountType is null)
            throw new Depth3DException("faces without vertex_indices", where, "export it again");
        var triangles = new List<int>();
        for (long face = 0; face < element.Count; face++)
        {
            for (var p = 0; p < element.Properties.Count; p++)
            {
                var corners = Property(element.Properties[p], body);
                if (p != list) continue;
                for (var i = 2; i < corners.Count; i++) triangles.AddRange([(int)corners[0], (int)corners[i - 1], (int)corners[i]]);
                MeshFile.CheckCounts(0, triangles.Count / 3, where);
            }
        }

        return triangles;
    }

    private static void Skip(PlyElement element, PlyBody body)
    {
        for (long i = 0; i < element.Count; i++)
            foreach (var property in element.Properties) Property(property, body);
    }

    private static List<double> Property(PlyElement.Property property, PlyBody body)
    {
        var count = property.CountType is { } type ? body.Next(type) : 1;
        if (!(count >= 0)) count = 0;
        var values = new List<double>();
        for (long i = 0; i < count; i++) values.Add(body.Next(property.Type));
        return values;
    }

    private static Mesh Assemble(PlyElement element, float[] values, List<int> triangles, string where)
    {
        var positions = Columns(element, values, [element.Find("x"), element.Find("y"), element.Find("z")]);
        if (positions.Length == 0) throw new Depth3DException("vertices without x, y and z", where, "export it again");
        var texCoords = Columns(element, values, [element.Find("s", "u", "texture_u"), element.Find("t", "v", "texture_v")]);
        for (var i = 1; i < texCoords.Length; i += 2) texCoords[i] = 1 - texCoords[i];
        var rgb = Columns(element, values, [element.Find("red"), element.Find("green"), element.Find("blue")]);
        var isByte = element.Find("red") is >= 0 and var red && PlyElement.Size(element.Properties[red].Type) == 1;
        var colours = new float[rgb.Length / 3 * 4];
        for (var i = 0; i < colours.Length; i++)
            colours[i] = i % 4 == 3 ? 1 : ColourLight.FromUnit(rgb[(i / 4 * 3) + (i % 4)] / (isByte ? 255 : 1));
        var material = colours.Length > 0 ? new MeshMaterial(System.Numerics.Vector4.One) : MeshMaterial.Plain;
        return new Mesh(positions, Columns(element, values, [element.Find("nx"), element.Find("ny"), element.Find("nz")]), texCoords, colours,
            [.. triangles], [new MeshPart(0, triangles.Count / 3, material)]);
    }

    /// <summary>Some properties of all vertices, side by side; empty where one is missing.</summary>
    private static float[] Columns(PlyElement element, float[] values, int[] columns)
    {
        if (columns.Contains(-1)) return [];
        var count = (int)element.Count;
        var result = new float[count * columns.Length];
        for (var i = 0; i < result.Length; i++) result[i] = values[(i / columns.Length * element.Properties.Count) + columns[i % columns.Length]];
        return result;
    }
}
