using System.Buffers;
using System.Runtime.InteropServices;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>The bytes of numbers in memory, without a copy: the texels of a loop fill a good part of it.</summary>
internal sealed class FloatBytes(float[] values) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.AsSpan());

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
