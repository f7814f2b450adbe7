using System.Runtime.InteropServices;

namespace Depth3D.Imaging;

/// <summary>An array of an NPZ that is written piece by piece.</summary>
public sealed class NpzPart
{
    private NpzPart(string name, DType type, int[] shape, Action<Stream> write) => (Name, DType, Shape, Write) = (name, type, shape, write);

    public string Name { get; }

    public DType DType { get; }

    public IReadOnlyList<int> Shape { get; }

    internal Action<Stream> Write { get; }

    /// <param name="pieces">How often <paramref name="piece"/> is asked, with 0, 1, ...; together they hold the product of the shape.</param>
    public static NpzPart Of<T>(string name, int[] shape, int pieces, Func<int, T[]> piece) where T : unmanaged => new(name, DTypes.Of<T>(), shape, stream =>
    {
        var left = shape.Aggregate(1L, (product, side) => product * side);
        for (var i = 0; i < pieces; i++)
        {
            var values = piece(i);
            if ((left -= values.Length) < 0) break;
            stream.Write(MemoryMarshal.AsBytes<T>(values));
        }

        if (left != 0) throw new ArgumentException($"the pieces of '{name}' do not make its shape ({string.Join(", ", shape)})");
    });
}
