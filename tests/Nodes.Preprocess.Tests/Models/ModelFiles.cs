using System.Runtime.InteropServices;
using System.Text;

namespace Depth3D.Nodes.Preprocess.Tests.Models;

/// <summary>Tiny ONNX files (onnx.proto3, opset 13): depth, segmentation and flow models whose outputs follow from the colours.</summary>
internal static class ModelFiles
{
    /// <summary>image [1, 3, H, W] in 0..255 to disparity [1, 1, H, W]: the mean of the channels.</summary>
    public static byte[] Disparity() => Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1],
        Node("ReduceMean", ["image"], "disparity", Ints("axes", 1), Int("keepdims", 1)));

    /// <summary>VOC classes: pixels whose red is above 0.45 (after ImageNet normalisation: 0) are cars (7), the rest background.</summary>
    public static byte[] RedIsCar(int width, int height)
    {
        var weights = new float[21 * 3];
        weights[7 * 3] = 20;
        return Model("image", [1, 3, height, width], "logits", [1, 21, height, width],
            Node("Conv", ["image", "w", "b"], "logits", Ints("kernel_shape", 1, 1)),
            Floats("w", [21, 3, 1, 1], weights), Floats("b", [21], [5, .. Enumerable.Repeat(-50f, 6), 0, .. Enumerable.Repeat(-50f, 13)]));
    }

    /// <summary>Two pictures in 0..255; du = red 2 - red 1, dv = green 2 - green 1, in input pixels.</summary>
    public static byte[] ColourFlow() => [.. Number(1, 7), .. Bytes(7,
        [.. Bytes(1, Node("Sub", ["second", "first"], "difference")),
            .. Bytes(1, Node("Conv", ["difference", "w"], "flow", Ints("kernel_shape", 1, 1))), .. Text(2, "test"),
            .. Bytes(5, Floats("w", [2, 3, 1, 1], [1, 0, 0, 0, 1, 0])),
            .. Bytes(11, Value("first", [1, 3, -1, -1])), .. Bytes(11, Value("second", [1, 3, -1, -1])),
            .. Bytes(12, Value("flow", [1, 2, -1, -1]))]), .. Bytes(8, [.. Text(1, ""), .. Number(2, 13)])];

    public const string ColourFlowCard = """
        { "task": "flow", "input": { "name": "first", "shortSide": 16, "multipleOf": 8, "scale": 1 }, "output": { "name": "flow", "kind": "flow" } }
        """;

    private static byte[] Model(string input, long[] inputShape, string output, long[] outputShape, byte[] node, params byte[][] initializers) =>
        [.. Number(1, 7), .. Bytes(7,
            [.. Bytes(1, node), .. Text(2, "test"), .. initializers.SelectMany(i => Bytes(5, i)), .. Bytes(11, Value(input, inputShape)),
                .. Bytes(12, Value(output, outputShape))]), .. Bytes(8, [.. Text(1, ""), .. Number(2, 13)])];

    private static byte[] Node(string op, string[] inputs, string output, params byte[][] attributes) =>
        [.. inputs.SelectMany(i => Text(1, i)), .. Text(2, output), .. Text(4, op), .. attributes.SelectMany(a => Bytes(5, a))];

    private static byte[] Ints(string name, params long[] values) => [.. Text(1, name), .. values.SelectMany(v => Number(8, v)), .. Number(20, 7)];

    private static byte[] Int(string name, long value) => [.. Text(1, name), .. Number(3, value), .. Number(20, 2)];

    private static byte[] Floats(string name, long[] shape, float[] values) =>
        [.. shape.SelectMany(e => Number(1, e)), .. Number(2, 1), .. Text(8, name), .. Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray())];

    private static byte[] Value(string name, long[] shape) => [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Number(1, 1), .. Bytes(2,
        [.. shape.SelectMany((e, i) => Bytes(1, e >= 0 ? Number(1, e) : Text(2, $"d{i}")))])]))];

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Bytes(int field, byte[] value) => [.. Varint(((long)field << 3) | 2), .. Varint(value.Length), .. value];

    private static byte[] Number(int field, long value) => [.. Varint((long)field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
