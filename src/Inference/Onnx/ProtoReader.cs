namespace Depth3D.Inference.Onnx;

/// <summary>Walks the fields of one protobuf message in memory, as little of the wire format as it takes to look into a model.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Value of the current field when it is a varint, otherwise 0.</summary>
    public ulong Number { get; private set; }

    /// <summary>Content of the current field when it is length-delimited, otherwise empty.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are no protobuf message.</exception>
    public bool Next()
    {
        if (_position == _message.Length) return false;
        var tag = Varint();
        Field = tag >> 3 is > 0 and < (1 << 29) and var field ? (int)field : throw Bad();
        Number = 0;
        Payload = default;
        switch (tag & 7)
        {
            case 0: Number = Varint(); break;
            case 1: Take(8); break;
            case 2: Payload = Take(Varint()); break;
            case 5: Take(4); break;
            default: throw Bad();
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _position)) throw Bad();
        var taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length) throw Bad();
            var b = _message[_position++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw Bad();
    }

    private readonly InvalidDataException Bad() => new($"malformed at byte {_position}");
}
