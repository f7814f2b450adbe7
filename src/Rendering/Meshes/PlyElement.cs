using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Meshes;

/// <summary>One element of a PLY header, with its properties in order.</summary>
internal sealed record PlyElement(string Name, long Count, List<PlyElement.Property> Properties)
{
    /// <param name="CountType">Null for a scalar, the type of the length for a list.</param>
    internal sealed record Property(string Name, string Type, string? CountType);

    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Properties.FindIndex(p => p.Name == name) is >= 0 and var index) return index;
        return -1;
    }

    /// <returns>The elements, and whether the body is text.</returns>
    public static (List<PlyElement> Elements, bool IsAscii) Parse(string header, string where)
    {
        var elements = new List<PlyElement>();
        bool? ascii = null;
        foreach (var line in header.Split('\n').Skip(1))
        {
            switch (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case [] or ["comment" or "obj_info", ..]:
                    break;
                case ["format", "ascii", "1.0"]:
                    ascii = true;
                    break;
                case ["format", "binary_little_endian", "1.0"]:
                    ascii = false;
                    break;
                case ["element", var name, var number] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                    elements.Add(new PlyElement(name, count, []));
                    break;
                case ["property", "list", var countType, var type, var name] when elements.Count > 0 && Size(countType) is > 0 and <= 4 && Size(type) > 0:
                    elements[^1].Properties.Add(new Property(name, type, countType));
                    break;
                case ["property", var type, var name] when elements.Count > 0 && Size(type) > 0:
                    elements[^1].Properties.Add(new Property(name, type, null));
                    break;
                default:
                    throw new Depth3DException($"header line '{line.TrimEnd('\r')}' is not read", where, "export it as binary little-endian PLY");
            }
        }

        return ascii is null
            ? throw new Depth3DException("the header names no format", where, "export it again")
            : (elements, ascii.Value);
    }

    /// <summary>Bytes of a scalar type; 0 where it is none.</summary>
    public static int Size(string type) => type switch
    {
        "char" or "int8" or "uchar" or "uint8" => 1,
        "short" or "int16" or "ushort" or "uint16" => 2,
        "int" or "int32" or "uint" or "uint32" or "float" or "float32" => 4,
        "double" or "float64" => 8,
        _ => 0,
    };
}
