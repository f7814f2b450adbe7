using System.Buffers.Binary;
using System.Text;

namespace Depth3D.Imaging.Tests.Arrays.PyTorch;

/// <summary>Pickles written by hand, instruction by instruction.</summary>
internal sealed class PickleText
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Done() => [.. _bytes, (byte)'.'];

    public PickleText Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleText Op(char op) => Raw((byte)op);

    public PickleText Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleText Text(string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        return Op('X').Raw(length).Raw(Encoding.UTF8.GetBytes(text));
    }

    public PickleText Number(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleText Numbers(params ReadOnlySpan<long> values)
    {
        Op('(');
        foreach (var value in values) Number(value);
        return Op('t');
    }

    /// <summary>What torch.save writes for a tensor: _rebuild_tensor_v2(storage, offset, size, stride, False, OrderedDict()).</summary>
    public PickleText Tensor(string key, string storage, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", storage).Text(key).Text("cpu").Number(count).Op('t').Op('Q')
            .Number(offset).Numbers(shape).Numbers(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');

    /// <summary>A dictionary with one entry.</summary>
    public static byte[] State(string name, Func<PickleText, PickleText> value) => value(new PickleText().Op('}').Text(name)).Op('s').Done();
}
