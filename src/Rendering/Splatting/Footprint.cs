using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>What a point covers of a picture.</summary>
/// <param name="Value">Depth bits above, colour below.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
internal readonly record struct Footprint(ulong Value, int Left, int Right, int Top, int Bottom)
{
    /// <summary>Samples behind a buffer's end that are read and written back as they were.</summary>
    public const int Overhang = 4;

    private static ReadOnlySpan<ulong> Lanes => [~0ul, ~0ul, ~0ul, ~0ul, 0, 0, 0, 0];

    /// <summary>Draws the part that falls into some rows; the smaller value wins.</summary>
    /// <param name="rows">The samples from row <paramref name="firstRow"/> on, and <see cref="Overhang"/> more.</param>
    public void Draw(Span<ulong> rows, int width, int firstRow, int endRow)
    {
        // Full vectors, and a last one whose lanes beyond the right end change nothing.
        int lanes = Vector256<ulong>.Count, full = (Right - Left - 1) / lanes * lanes;
        var value = Vector256.Create(Value);
        var last = Vector256.ConditionalSelect(Vector256.Create(Lanes.Slice(lanes - (Right - Left - full), lanes)), value, Vector256.Create(SplatKernel.Empty));
        for (var y = Math.Max(Top, firstRow); y < Math.Min(Bottom, endRow); y++)
        {
            var row = rows.Slice(((y - firstRow) * width) + Left, full + lanes);
            for (var x = 0; x < full; x += lanes) TakeNearer(ref row[x], value);
            TakeNearer(ref row[full], last);
        }
    }

    /// <summary>As signed numbers, which no value exceeds; there is an instruction for these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeNearer(ref ulong samples, Vector256<ulong> values) =>
        Vector256.Min(Vector256.LoadUnsafe(ref samples).AsInt64(), values.AsInt64()).AsUInt64().StoreUnsafe(ref samples);
}
