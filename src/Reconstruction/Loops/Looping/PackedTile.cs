using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// Distances in one square of places: sums over windows of the squared differences of frame pairs, in integers. A window of p = q s + r pixels on a
/// grid of s is q whole cells and the first r rows (columns) of one more, so every pixel's difference is taken once.
/// </summary>
internal sealed class PackedTile
{
    private const int Lanes = 4;

    private readonly PatchSettings _patch;
    private readonly int _cells, _part;
    private readonly short[] _loop;
    private readonly uint[] _clip;
    private readonly uint[] _full, _begun, _column, _prefix;
    private int _rows, _columns, _height, _width;

    /// <param name="patch">The patches.</param>
    /// <param name="side">Places down and across, at most.</param>
    /// <param name="loopFrames">Of the loop.</param>
    /// <param name="clipFrames">Of the clip.</param>
    public PackedTile(PatchSettings patch, int side, int loopFrames, int clipFrames)
    {
        _patch = patch;
        (_cells, _part) = (patch.Size / patch.Stride, patch.Size % patch.Stride);
        Shape(side, side);
        _loop = new short[loopFrames * _height * _width * Lanes];
        _clip = new uint[clipFrames * _height * _width];
        var groups = side + _cells;
        (_full, _begun, _column, _prefix) = (new uint[groups * _width], new uint[groups * _width], new uint[_width], new uint[_width + 1]);
        Sums = new float[loopFrames * clipFrames * Places];
    }

    /// <summary>Places, rounded up to whole vectors.</summary>
    public int Places { get; private set; }

    /// <summary>[query, key, place]: sums over frames of a patch, in units of the packing; keys count up to the clip's frames, the last ones are incomplete.</summary>
    public float[] Sums { get; }

    /// <summary>Makes it a square of fewer places.</summary>
    public void Shape(int rows, int columns)
    {
        (_rows, _columns) = (rows, columns);
        _height = ((rows - 1) * _patch.Stride) + _patch.Size;
        _width = ((((columns - 1) * _patch.Stride) + _patch.Size + 7) / 8) * 8;
        Places = ((rows * columns) + 7) / 8 * 8;
    }

    /// <summary>Copies the pixels under the places in; those that do not count become 0 in both.</summary>
    public void Load(PackedLoop loop, PackedClip clip, bool[] counts, int left, int top)
    {
        var width = Math.Min(_width, loop.Width - left);
        for (var y = 0; y < _height; y++)
        {
            var from = ((top + y) * loop.Width) + left;
            for (var t = 0; t < loop.Frames; t++)
            {
                var source = MemoryMarshal.Cast<short, ulong>(loop.Samples[t].AsSpan(Lanes * from, Lanes * width));
                var target = MemoryMarshal.Cast<short, ulong>(_loop.AsSpan(((t * _height) + y) * _width * Lanes, _width * Lanes));
                for (var x = 0; x < width; x++) target[x] = counts[from + x] ? source[x] : 0;
                target[width..].Clear();
            }

            for (var t = 0; t < clip.Frames; t++)
            {
                var source = clip.Pixels[t].AsSpan(from, width);
                var target = _clip.AsSpan(((t * _height) + y) * _width, _width);
                for (var x = 0; x < width; x++) target[x] = counts[from + x] ? source[x] : 0;
                target[width..].Clear();
            }
        }
    }

    /// <summary>Fills <see cref="Sums"/> for all queries of a loop that wraps, or of one that does not.</summary>
    public void Measure(int loopFrames, int clipFrames, int queries)
    {
        const int together = 4;
        Sums.AsSpan(0, loopFrames * clipFrames * Places).Clear();
        for (var first = 0; first < loopFrames; first += together)
        {
            for (var b = 0; b < clipFrames; b++)
            {
                for (var a = first; a < Math.Min(loopFrames, first + together); a++)
                {
                    Columns(a, b);
                    for (var row = 0; row < _rows; row++) Windows(row, a, b, loopFrames, clipFrames, queries);
                }
            }
        }
    }

    /// <summary>Column sums of every row of cells: over all its rows, and over the first few.</summary>
    private void Columns(int a, int b)
    {
        ref var x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_loop), a * _height * _width * Lanes);
        ref var y = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_clip), b * _height * _width);
        var groups = _rows + _cells - (_part == 0 ? 1 : 0);
        for (var g = 0; g < groups; g++)
        {
            var last = g == groups - 1 ? (_part == 0 ? _patch.Stride : _height - (g * _patch.Stride)) : _patch.Stride;
            for (var c = 0; c < _width; c += 8)
            {
                Vector256<int> low = default, high = default;
                for (var r = 0; r < last; r++)
                {
                    if (r == _part) Store(_begun, (g * _width) + c, low, high);
                    var at = (((g * _patch.Stride) + r) * _width) + c;
                    low += Squares(ref Unsafe.Add(ref x, Lanes * at), ref Unsafe.Add(ref y, at));
                    high += Squares(ref Unsafe.Add(ref x, Lanes * (at + 4)), ref Unsafe.Add(ref y, at + 4));
                }

                Store(last <= _part ? _begun : _full, (g * _width) + c, low, high);
            }
        }
    }

    /// <summary>Two partial sums of each of four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Squares(ref short x, ref uint y)
    {
        var bytes = Vector128.LoadUnsafe(ref y).AsByte();
        if (Avx2.IsSupported)
        {
            var difference = Vector256.LoadUnsafe(ref x) - Vector256.ShiftLeft(Avx2.ConvertToVector256Int16(bytes), 3);
            return Avx2.MultiplyAddAdjacent(difference, difference);
        }

        var (lower, upper) = Vector128.Widen(bytes);
        var (a, b) = (Vector128.LoadUnsafe(ref x) - (lower.AsInt16() << 3), Vector128.LoadUnsafe(ref x, 8) - (upper.AsInt16() << 3));
        return Vector256.Create(Adjacent(a), Adjacent(b));
    }

    private static Vector128<int> Adjacent(Vector128<short> difference)
    {
        var (lower, upper) = Vector128.Widen(difference);
        (lower, upper) = (lower * lower, upper * upper);
        return Vector128.Create(lower[0] + lower[1], lower[2] + lower[3], upper[0] + upper[1], upper[2] + upper[3]);
    }

    /// <summary>Adds the two sums of a pixel and writes eight pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(uint[] target, int at, Vector256<int> low, Vector256<int> high)
    {
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), at);
        if (Avx2.IsSupported)
        {
            var joined = Avx2.HorizontalAdd(low, high).AsInt64();
            Avx2.Permute4x64(joined, 0b11_01_10_00).AsUInt32().StoreUnsafe(ref to);
            return;
        }

        for (var p = 0; p < 4; p++)
        {
            Unsafe.Add(ref to, p) = (uint)(low[2 * p] + low[(2 * p) + 1]);
            Unsafe.Add(ref to, p + 4) = (uint)(high[2 * p] + high[(2 * p) + 1]);
        }
    }

    /// <summary>Sums of one row of windows, added to every query and key that the frame pair is part of.</summary>
    private void Windows(int row, int a, int b, int loopFrames, int clipFrames, int queries)
    {
        for (var c = 0; c < _width; c += 8)
        {
            var sum = _part > 0 ? Vector256.LoadUnsafe(ref _begun[((row + _cells) * _width) + c]) : default;
            for (var g = 0; g < _cells; g++) sum += Vector256.LoadUnsafe(ref _full[((row + g) * _width) + c]);
            sum.StoreUnsafe(ref _column[c]);
        }

        // Differences of running sums are right modulo 2^32, where the windows' sums lie.
        uint running = 0;
        for (var c = 0; c < _width; c++)
        {
            running += _column[c];
            _prefix[c + 1] = running;
        }

        for (var d = 0; d < _patch.Frames; d++)
        {
            var (query, key) = (a - d < 0 ? a - d + loopFrames : a - d, b - d);
            if (key < 0 || query < 0 || query >= queries) continue;
            var to = Sums.AsSpan((((query * clipFrames) + key) * Places) + (row * _columns), _columns);
            for (var n = 0; n < to.Length; n++) to[n] += _prefix[(n * _patch.Stride) + _patch.Size] - _prefix[n * _patch.Stride];
        }
    }
}
