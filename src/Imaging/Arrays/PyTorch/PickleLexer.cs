using System.Buffers.Binary;
using System.Text;

namespace Depth3D.Imaging;

/// <summary>Cuts a pickle into instructions with their arguments. Every length is checked against what is left.</summary>
internal sealed class PickleLexer(ReadOnlyMemory<byte> pickle)
{
    private const int NewestProtocol = 5;
    private const int MaxLineBytes = 1024;
    private int _at;

    /// <summary>Byte the latest instruction began at.</summary>
    public int Position { get; private set; }

    /// <summary>Argument of the latest instruction where that is an integer, or a memo number.</summary>
    public long Integer { get; private set; }

    /// <summary>Argument of the latest instruction where that is a float.</summary>
    public double Real { get; private set; }

    /// <summary>Argument of the latest instruction where that is text; of <see cref="PickleOp.Global"/> the module.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Second text of <see cref="PickleOp.Global"/> and <see cref="PickleOp.Inst"/>.</summary>
    public string Name { get; private set; } = "";

    /// <exception cref="FormatException">The pickle ends early or holds an instruction that is not known.</exception>
    public PickleOp Next()
    {
        Position = _at;
        var op = (PickleOp)Take(1)[0];
        switch (op)
        {
            case PickleOp.Proto: Protocol(); break;
            case PickleOp.Frame: Take(8); break;
            case PickleOp.BinInt: Integer = BinaryPrimitives.ReadInt32LittleEndian(Take(4)); break;
            case PickleOp.BinInt1 or PickleOp.BinGet or PickleOp.BinPut: Integer = Take(1)[0]; break;
            case PickleOp.BinInt2: Integer = BinaryPrimitives.ReadUInt16LittleEndian(Take(2)); break;
            case PickleOp.LongBinGet or PickleOp.LongBinPut: Integer = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            case PickleOp.Long1: Integer = Long(Take(Take(1)[0])); break;
            case PickleOp.BinFloat: Real = BinaryPrimitives.ReadDoubleBigEndian(Take(8)); break;
            case PickleOp.BinUnicode: Text = Utf8(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case PickleOp.ShortBinUnicode or PickleOp.ShortBinString: Text = Utf8(Take(Take(1)[0])); break;
            case PickleOp.Global or PickleOp.Inst: (Text, Name) = (Line(), Line()); break;
            default:
                if (!Enum.IsDefined(op)) throw new FormatException($"instruction 0x{(byte)op:x2} at byte {Position} is none that a file of tensors needs");
                break;
        }

        return op;
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > pickle.Length - _at) throw new FormatException($"the pickle ends in the middle of an instruction (byte {Position})");
        var bytes = pickle.Span.Slice(_at, (int)count);
        _at += (int)count;
        return bytes;
    }

    private void Protocol()
    {
        var number = Take(1)[0];
        if (number > NewestProtocol) throw new FormatException($"pickle protocol {number}; {NewestProtocol} is the newest that is read");
    }

    private string Line()
    {
        var rest = pickle.Span[_at..];
        var end = rest[..Math.Min(rest.Length, MaxLineBytes)].IndexOf((byte)'\n');
        if (end < 0) throw new FormatException($"a name at byte {Position} does not end");
        _at += end + 1;
        return Utf8(rest[..end]);
    }

    private static long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8) throw new FormatException($"an integer of {bytes.Length} bytes");
        long value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (var i = bytes.Length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    private static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
