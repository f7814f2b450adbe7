using System.Runtime.InteropServices;

namespace Depth3D.Inference.Tests.Support;

/// <summary>Small ONNX models (onnx.proto3, opset 13) for tests.</summary>
internal static class TinyModels
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>A graph of nodes between one input and one output. Extents below 0 are left open.</summary>
    public static byte[] Model(string input, long[] inputShape, string output, long[] outputShape, Proto[] nodes, params Proto[] initializers) =>
        new Proto().Number(1, 7)
            .Message(7, new Proto()
                .Messages(1, nodes)
                .Text(2, "test")
                .Messages(5, initializers)
                .Message(11, Value(input, inputShape))
                .Message(12, Value(output, outputShape)))
            .Message(8, new Proto().Text(1, "").Number(2, 13))
            .ToArray();

    public static Proto Node(string op, string[] inputs, string output, params Proto[] attributes)
    {
        var node = new Proto();
        foreach (var input in inputs) node.Text(1, input);
        return node.Text(2, output).Text(4, op).Messages(5, attributes);
    }

    public static Proto Ints(string name, params long[] values)
    {
        var attribute = new Proto().Text(1, name);
        foreach (var value in values) attribute.Number(8, value);
        return attribute.Number(20, 7);
    }

    public static Proto Int(string name, long value) => new Proto().Text(1, name).Number(3, value).Number(20, 2);

    public static Proto Floats(string name, long[] shape, params float[] values)
    {
        var tensor = new Proto();
        foreach (var extent in shape) tensor.Number(1, extent);
        return tensor.Number(2, Float).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>A tensor whose values lie in another file.</summary>
    public static Proto External(string name, long[] shape, string location)
    {
        var tensor = new Proto();
        foreach (var extent in shape) tensor.Number(1, extent);
        return tensor.Number(2, Float).Text(8, name)
            .Message(13, new Proto().Text(1, "location").Text(2, location))
            .Number(14, 1);
    }

    /// <summary>y = x.</summary>
    public static byte[] Identity(params long[] shape) => Model("x", shape, "y", shape, [Node("Identity", ["x"], "y")]);

    /// <summary>y = 3x.</summary>
    public static byte[] Triple(params long[] shape) =>
        Model("x", shape, "y", shape, [Node("Mul", ["x", "three"], "y")], Floats("three", [1], 3));

    /// <summary>
    /// A depth model under TCMonoDepth's names: disparity = mean of the channels, [1, 3, H, W] to [1, 1, H, W], both sides open.
    /// </summary>
    public static byte[] Disparity() => Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1],
        [Node("ReduceMean", ["image"], "disparity", Ints("axes", 1), Int("keepdims", 1))]);

    /// <summary>
    /// A segmentation model under ESPNetv2's names: class 0 scores 100, class 7 (car) the red channel's value times 200, all others 0.
    /// Fed with zero mean and unit deviation, pixels with red above half are cars.
    /// </summary>
    public static byte[] RedIsCar(int width, int height)
    {
        var weights = new float[21 * 3];
        weights[7 * 3] = 200;
        var bias = new float[21];
        bias[0] = 100;
        return Model("image", [1, 3, height, width], "logits", [1, 21, height, width],
            [Node("Conv", ["image", "w", "b"], "logits", Ints("kernel_shape", 1, 1))],
            Floats("w", [21, 3, 1, 1], weights), Floats("b", [21], bias));
    }

    /// <summary>disparity = image averaged over channels, after 2^31 rounds of a loop that changes nothing.</summary>
    public static byte[] EndlessLoop()
    {
        var body = new Proto()
            .Message(1, Node("Identity", ["go"], "goes"))
            .Message(1, Node("Identity", ["v"], "w"))
            .Text(2, "body")
            .Message(11, Value("i", [], Int64)).Message(11, Value("go", [], Bool)).Message(11, Value("v", [1, 1, -1, -1]))
            .Message(12, Value("goes", [], Bool)).Message(12, Value("w", [1, 1, -1, -1]));
        var rounds = new Proto().Number(2, Int64).Text(8, "rounds").Bytes(9, BitConverter.GetBytes(1L << 31));
        return Model("image", [1, 3, -1, -1], "disparity", [1, 1, -1, -1],
            [
                Node("ReduceMean", ["image"], "mean", Ints("axes", 1), Int("keepdims", 1)),
                Node("Loop", ["rounds", "", "mean"], "disparity", new Proto().Text(1, "body").Message(6, body).Number(20, 5)),
            ], rounds);
    }

    /// <summary>A tensor that claims far more values than it holds.</summary>
    public static Proto Giant(string name) => new Proto().Number(1, 1L << 40).Number(2, Float).Text(8, name).Bytes(9, new byte[16]);

    private static Proto Value(string name, long[] shape, int elementType = Float)
    {
        var extents = new Proto();
        for (var i = 0; i < shape.Length; i++)
            extents.Message(1, shape[i] >= 0 ? new Proto().Number(1, shape[i]) : new Proto().Text(2, $"d{i}"));
        return new Proto().Text(1, name)
            .Message(2, new Proto().Message(1, new Proto().Number(1, elementType).Message(2, extents)));
    }
}
