using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// Point clouds as PLY 1.0, binary little-endian: x y z float, red green blue uchar, further floats by name. The reader takes any scalar vertex
/// properties in binary little-endian or ASCII and checks every count against the length of the file before it takes memory.
/// </summary>
public static class Ply
{
    private const int MaxHeaderBytes = 1 << 16;

    /// <param name="xyz">Three per point.</param>
    /// <param name="rgb">Three per point, or empty.</param>
    /// <param name="scalars">Further properties, one value per point each.</param>
    public static void WriteBinary(string path, ReadOnlySpan<float> xyz, ReadOnlySpan<byte> rgb, IReadOnlyList<string>? comments = null,
        params (string Name, float[] Values)[] scalars)
    {
        var count = xyz.Length / 3;
        foreach (var (name, values) in scalars)
            if (values.Length != count) throw new ArgumentException($"{values.Length} values of {name} for {count} points", nameof(scalars));
        if (xyz.Length % 3 != 0 || (rgb.Length != 0 && rgb.Length != xyz.Length))
            throw new ArgumentException($"{xyz.Length} coordinates and {rgb.Length} colour samples do not make points");
        var header = Encoding.UTF8.GetBytes(Header(count, rgb.Length > 0, comments ?? [], scalars));
        var colours = rgb.Length > 0 ? 3 : 0;
        var stride = 12 + colours + (4 * scalars.Length);
        var bytes = new byte[checked(header.Length + (count * stride))];
        header.CopyTo(bytes, 0);
        for (var i = 0; i < count; i++)
        {
            var at = bytes.AsSpan(header.Length + (i * stride));
            for (var c = 0; c < 3; c++) BinaryPrimitives.WriteSingleLittleEndian(at[(c * 4)..], xyz[(i * 3) + c]);
            if (colours > 0) rgb.Slice(i * 3, 3).CopyTo(at[12..]);
            for (var k = 0; k < scalars.Length; k++) BinaryPrimitives.WriteSingleLittleEndian(at[(12 + colours + (k * 4))..], scalars[k].Values[i]);
        }

        OutputFile.Write(path, bytes);
    }

    /// <summary>Vertices in front of any other element; faces and the like are passed over.</summary>
    /// <exception cref="Depth3DException">Missing, no PLY, a vertex list property, truncated, or counts that lie.</exception>
    public static PlyCloud Read(string path)
    {
        var bytes = InputFile.ReadAll(path, Array.MaxLength);
        var header = PlyHeader.Parse(bytes.AsSpan(0, Math.Min(bytes.Length, MaxHeaderBytes)), path);
        if (header.Find("x") < 0 || header.Find("y") < 0 || header.Find("z") < 0)
            throw new Depth3DException("vertices without x, y and z", path, "export a point cloud");
        // ASCII needs at least a digit and a blank per property.
        var least = header.IsAscii ? header.Properties.Count * 2L : header.Stride;
        if (header.VertexCount > Array.MaxLength / 12 || (header.VertexCount * least) - 1 > bytes.Length - header.Length)
            throw new Depth3DException($"truncated: the header claims {header.VertexCount} vertices, {bytes.Length - header.Length} bytes follow", path,
                "export it again");
        return header.IsAscii ? ReadAscii(bytes, header, path) : ReadBinary(bytes, header);
    }

    private static PlyCloud ReadBinary(byte[] bytes, PlyHeader header)
    {
        var (cloud, places) = Prepare(header);
        for (var i = 0; i < cloud.Count; i++)
        {
            var vertex = bytes.AsSpan(header.Length + (i * header.Stride), header.Stride);
            for (var c = 0; c < 3; c++) cloud.Xyz[(i * 3) + c] = (float)header.Properties[places[c]].Value(vertex);
            for (var c = 0; cloud.Rgb.Length > 0 && c < 3; c++) cloud.Rgb[(i * 3) + c] = Byte(header.Properties[places[3 + c]].Value(vertex));
        }

        return cloud;
    }

    private static PlyCloud ReadAscii(byte[] bytes, PlyHeader header, string path)
    {
        var (cloud, places) = Prepare(header);
        using var lines = new StringReader(Encoding.ASCII.GetString(bytes, header.Length, bytes.Length - header.Length));
        var values = new double[header.Properties.Count];
        for (var i = 0; i < cloud.Count; i++)
        {
            var words = (lines.ReadLine() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != values.Length)
                throw new Depth3DException($"vertex {i} has {words.Length} values, expected {values.Length}", path, "export it again");
            for (var k = 0; k < values.Length; k++)
                if (!double.TryParse(words[k], NumberStyles.Float, CultureInfo.InvariantCulture, out values[k]))
                    throw new Depth3DException($"vertex {i} holds '{words[k]}', a number was expected", path, "export it again");
            for (var c = 0; c < 3; c++) cloud.Xyz[(i * 3) + c] = (float)values[places[c]];
            for (var c = 0; cloud.Rgb.Length > 0 && c < 3; c++) cloud.Rgb[(i * 3) + c] = Byte(values[places[3 + c]]);
        }

        return cloud;
    }

    private static (PlyCloud Cloud, int[] Places) Prepare(PlyHeader header)
    {
        int[] places = [header.Find("x"), header.Find("y"), header.Find("z"), header.Find("red"), header.Find("green"), header.Find("blue")];
        var count = (int)header.VertexCount;
        var coloured = places[3] >= 0 && places[4] >= 0 && places[5] >= 0;
        return (new PlyCloud(new float[count * 3], coloured ? new byte[count * 3] : [], header.Comments), places);
    }

    private static byte Byte(double value) => value >= 0 ? (byte)Math.Min(255, value) : (byte)0;

    private static string Header(int count, bool coloured, IReadOnlyList<string> comments, (string Name, float[] Values)[] scalars)
    {
        var text = new StringBuilder("ply\nformat binary_little_endian 1.0\n");
        foreach (var comment in comments) text.Append("comment ").Append(comment.ReplaceLineEndings(" ")).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"element vertex {count}\n");
        foreach (var name in new[] { "x", "y", "z" }) text.Append("property float ").Append(name).Append('\n');
        if (coloured)
            foreach (var name in new[] { "red", "green", "blue" }) text.Append("property uchar ").Append(name).Append('\n');
        foreach (var (name, _) in scalars) text.Append("property float ").Append(name).Append('\n');
        return text.Append("end_header\n").ToString();
    }
}
