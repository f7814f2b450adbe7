using System.Buffers.Binary;
using System.Text.Json;

namespace Depth3D.Rendering.Meshes;

/// <summary>Numbers of an accessor (glTF 2.0, section 3.6.2), normalised integers as fractions.</summary>
internal static class GltfAccessor
{
    private const int SByte = 5120, Byte = 5121, Short = 5122, UShort = 5123, UInt = 5125, Float = 5126;

    /// <param name="components">Numbers per element that are expected.</param>
    public static float[] Floats(GltfDocument document, int index, int components)
    {
        var layout = Open(document, index);
        if (layout.Components != components) throw document.Bad($"an accessor of {layout.Components} components, {components} were expected");
        var values = new float[layout.Count * components];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = layout.Value(i / components, i % components);
            if (!float.IsFinite(values[i])) throw document.Bad("a number that is not finite");
        }

        return values;
    }

    public static int[] Indices(GltfDocument document, int index)
    {
        var layout = Open(document, index);
        if (layout.Components != 1 || layout.Type is not (Byte or UShort or UInt)) throw document.Bad("indices that are not whole numbers");
        var values = new int[layout.Count];
        for (var i = 0; i < values.Length; i++) values[i] = layout.Index(i);
        return values;
    }

    /// <summary>Numbers per element of an accessor.</summary>
    public static int Components(GltfDocument document, int index) => ComponentsOf(document, document.Item("accessors", index));

    private static Layout Open(GltfDocument document, int index)
    {
        var accessor = document.Item("accessors", index);
        if (accessor.TryGetProperty("sparse", out _)) throw document.Bad("sparse accessors are not read");
        var count = document.Whole(accessor, "count") ?? 0;
        var type = document.Whole(accessor, "componentType") ?? 0;
        var size = type switch { SByte or Byte => 1, Short or UShort => 2, UInt or Float => 4, _ => throw document.Bad($"component type {type}") };
        var components = ComponentsOf(document, accessor);
        var viewIndex = document.Whole(accessor, "bufferView") ?? throw document.Bad("an accessor without a view");
        var view = document.View(viewIndex);
        var stride = document.Whole(document.Item("bufferViews", viewIndex), "byteStride") ?? (size * components);
        var offset = document.Whole(accessor, "byteOffset") ?? 0;
        if (count < 0 || offset < 0 || stride < size * components || (count > 0 && offset + ((count - 1L) * stride) + (size * components) > view.Length))
            throw document.Bad($"an accessor of {count} elements does not fit its view of {view.Length} bytes");
        var normalised = accessor.TryGetProperty("normalized", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new Layout(view, offset, stride, size, type, components, count, normalised);
    }

    private static int ComponentsOf(GltfDocument document, JsonElement accessor) => GltfDocument.Text(accessor, "type") switch
    {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" => 4,
        var other => throw document.Bad($"an accessor of type '{other}'"),
    };

    private sealed record Layout(ReadOnlyMemory<byte> View, int Offset, int Stride, int Size, int Type, int Components, int Count, bool Normalised)
    {
        public float Value(int element, int component)
        {
            var at = View.Span[(Offset + (element * Stride) + (component * Size))..];
            return Type switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(at),
                Byte => Normalised ? at[0] / 255f : at[0],
                SByte => Normalised ? Math.Max((sbyte)at[0] / 127f, -1) : (sbyte)at[0],
                UShort => BinaryPrimitives.ReadUInt16LittleEndian(at) / (Normalised ? 65535f : 1),
                Short => Math.Max(BinaryPrimitives.ReadInt16LittleEndian(at) / (Normalised ? 32767f : 1), Normalised ? -1 : float.MinValue),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(at),
            };
        }

        public int Index(int element)
        {
            var at = View.Span[(Offset + (element * Stride))..];
            return Type switch
            {
                Byte => at[0],
                UShort => BinaryPrimitives.ReadUInt16LittleEndian(at),
                _ => (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(at), int.MaxValue),
            };
        }
    }
}
