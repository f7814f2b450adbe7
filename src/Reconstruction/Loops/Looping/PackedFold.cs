using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary><see cref="RetargetedClip"/> on the processor: sums of the taken patches in 16 bits, frame by frame.</summary>
public sealed class PackedFold
{
    private readonly PatchSettings _patch;
    private readonly int _width, _height, _rows, _columns;

    /// <param name="patch">The patches; at most 257 may overlap at a pixel.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    public PackedFold(PatchSettings patch, int frames, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(patch);
        (_patch, _width, _height, _rows, _columns) = (patch, width, height, patch.Places(height), patch.Places(width));
        Sums = new ushort[frames][];
        for (var t = 0; t < frames; t++) Sums[t] = new ushort[Lanes * width * height];
        Counts = new byte[width * height];
    }

    private const int Lanes = 4;

    /// <summary>By frame of the loop: four numbers a pixel, of 8-bit colours.</summary>
    public ushort[][] Sums { get; }

    /// <summary>Patches over a pixel, the same in every frame; 0 where no window reaches.</summary>
    public byte[] Counts { get; }

    /// <param name="keys">[query][place]: see <see cref="PackedSearch"/>; as many queries as frames, round the loop.</param>
    public void Run(short[][] keys, PackedClip clip, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(clip);
        Array.Clear(Counts);
        for (var place = 0; place < _rows * _columns; place++)
            if (keys[0][place] >= 0) Count(place / _columns * _patch.Stride, place % _columns * _patch.Stride);
        Parallel.For(0, Sums.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            var sum = Sums[t];
            Array.Clear(sum);
            for (var d = 0; d < _patch.Frames; d++)
            {
                var taken = keys[(t - d + (Sums.Length * _patch.Frames)) % Sums.Length];
                for (var place = 0; place < taken.Length; place++)
                    if (taken[place] >= 0) Add(sum, clip.Pixels[taken[place] + d], place / _columns * _patch.Stride, place % _columns * _patch.Stride);
            }
        });
    }

    private void Count(int top, int left)
    {
        for (var y = top; y < top + _patch.Size; y++)
            foreach (ref var count in Counts.AsSpan((y * _width) + left, _patch.Size)) count += (byte)_patch.Frames;
    }

    private void Add(ushort[] sum, uint[] picture, int top, int left)
    {
        for (var y = top; y < top + _patch.Size; y++)
        {
            var at = (y * _width) + left;
            ref var to = ref MemoryMarshal.GetArrayDataReference(sum);
            var x = 0;
            for (; x <= _patch.Size - 4; x += 4)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref picture[at + x]).AsByte());
                var both = Vector256.Create(low, high) + Vector256.LoadUnsafe(ref to, (nuint)(Lanes * (at + x)));
                both.StoreUnsafe(ref to, (nuint)(Lanes * (at + x)));
            }

            for (; x < _patch.Size; x++)
            {
                var (colour, n) = (picture[at + x], Lanes * (at + x));
                sum[n] += (byte)colour;
                sum[n + 1] += (byte)(colour >> 8);
                sum[n + 2] += (byte)(colour >> 16);
            }
        }
    }
}
