using System.Globalization;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>The header of a PLY file, up to and with its vertex element.</summary>
/// <param name="Length">Bytes of the whole header.</param>
/// <param name="Stride">Bytes per vertex in the binary form.</param>
internal sealed record PlyHeader(
    bool IsAscii, long VertexCount, IReadOnlyList<PlyProperty> Properties, int Stride, int Length, IReadOnlyList<string> Comments)
{
    public int Find(string name)
    {
        for (var i = 0; i < Properties.Count; i++)
            if (Properties[i].Name == name) return i;
        return -1;
    }

    public static PlyHeader Parse(ReadOnlySpan<byte> bytes, string where)
    {
        var end = bytes.IndexOf("end_header\n"u8);
        var length = end + 11;
        if (end < 0 && (end = bytes.IndexOf("end_header\r\n"u8)) >= 0) length = end + 12;
        if (end < 0 || !bytes.StartsWith("ply"u8)) throw Bad("no PLY file, or its header is truncated", where);
        var comments = new List<string>();
        var properties = new List<PlyProperty>();
        long count = -1;
        bool? ascii = null;
        var (stride, inVertex) = (0, false);
        foreach (var line in Encoding.UTF8.GetString(bytes[..end]).Split('\n').Skip(1))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case []:
                case ["obj_info", ..]:
                    break;
                case ["comment", ..]:
                    comments.Add(line.TrimEnd('\r')[7..].TrimStart(' '));
                    break;
                case ["format", "binary_little_endian", "1.0"]:
                    ascii = false;
                    break;
                case ["format", "ascii", "1.0"]:
                    ascii = true;
                    break;
                case ["element", "vertex", var number] when count < 0:
                    count = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                        ? value
                        : throw Bad($"'{number}' is no number of vertices", where);
                    inVertex = true;
                    break;
                case ["element", "vertex", _]:
                    throw Bad("the vertices are announced twice", where);
                case ["element", _, _]:
                    if (count < 0) throw Bad("another element stands before the vertices", where);
                    inVertex = false;
                    break;
                case ["property", var type, var name] when inVertex:
                    if (properties.Count == 256 || properties.Any(p => p.Name == name)) throw Bad($"property '{name}' is doubled or one too many", where);
                    var property = PlyProperty.Make(name, type, stride) ?? throw Bad($"property type '{type}' is not known", where);
                    properties.Add(property);
                    stride += property.Size;
                    break;
                case ["property", ..] when !inVertex:
                    break;
                default:
                    throw Bad($"header line '{line.TrimEnd('\r')}' is not read (lists and big-endian files are not)", where);
            }
        }

        if (count < 0 || ascii is null) throw Bad("the header names no vertices or no format", where);
        return new PlyHeader(ascii.Value, count, properties, stride, length, comments);
    }

    private static Depth3DException Bad(string what, string where) => new(what, where, "export the points as binary little-endian PLY");
}
