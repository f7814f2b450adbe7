using System.Collections.Concurrent;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// <see cref="FrameDistances"/> and <see cref="PatchSearch"/> on the processor, in integers and in squares of places that fit its caches; only where
/// something counts. Squares are independent, so the number of threads changes nothing.
/// </summary>
public sealed class PackedSearch
{
    private const int TilePixels = 64;

    private readonly PatchSettings _patch;
    private readonly int _side, _loopFrames, _clipFrames;
    private readonly ConcurrentBag<PackedTile> _free = [];

    /// <param name="patch">The patches.</param>
    /// <param name="loopFrames">Of the loops.</param>
    /// <param name="clipFrames">Of the clips.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="divisor">Squares have a side so many times smaller, and tables as much less area; the result is the same.</param>
    public PackedSearch(PatchSettings patch, int loopFrames, int clipFrames, int width, int height, int divisor = 1)
    {
        ArgumentNullException.ThrowIfNull(patch);
        (_loopFrames, _clipFrames) = (loopFrames, clipFrames);
        (_patch, Columns, Rows, _side) = (patch, patch.Places(width), patch.Places(height), Math.Max(1, TilePixels / patch.Stride / divisor));
    }

    /// <summary>Places across.</summary>
    public int Columns { get; }

    /// <summary>Places down.</summary>
    public int Rows { get; }

    /// <summary>Key that every query takes at every place: [query][row-major place]; -1 where nothing under the window counts.</summary>
    /// <param name="counts">Per pixel: whether it takes part; others count as equal.</param>
    /// <param name="usable">[key][place]: keys that may be taken; null for all. Where none may be, the nearest is.</param>
    /// <param name="wraps">Whether queries run on over the end of the loop.</param>
    public short[][] Run(PackedLoop loop, PackedClip clip, bool[] counts, bool[][]? usable = null, bool wraps = true, int threads = 1,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(clip);
        if (loop.Frames != _loopFrames || clip.Frames != _clipFrames) throw new ArgumentException($"{loop.Frames} and {clip.Frames} frames; expected {_loopFrames} and {_clipFrames}", nameof(clip));
        var queries = wraps ? loop.Frames : loop.Frames - _patch.Frames + 1;
        var found = new short[queries][];
        for (var i = 0; i < queries; i++) Array.Fill(found[i] = new short[Rows * Columns], (short)-1);
        var active = Active(counts, loop.Width);
        Parallel.ForEach(Squares(active), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads }, square =>
        {
            var (row, column, rows, columns) = square;
            if (!_free.TryTake(out var tile)) tile = new PackedTile(_patch, _side, loop.Frames, clip.Frames);
            tile.Shape(rows, columns);
            tile.Load(loop, clip, counts, column * _patch.Stride, row * _patch.Stride);
            tile.Measure(loop.Frames, clip.Frames, queries);
            int[] places = [.. Enumerable.Range(0, rows * columns).Select(p => ((row + (p / columns)) * Columns) + column + (p % columns))];
            var nearest = new NearestKeys(_patch, queries, clip.Frames, tile.Places).Of(tile.Sums, usable, places);
            for (var i = 0; i < queries; i++)
                for (var p = 0; p < places.Length; p++)
                    if (active[places[p]]) found[i][places[p]] = nearest[(i * tile.Places) + p];
            _free.Add(tile);
        });
        return found;
    }

    /// <summary>Squares of places with anything to do: row, column, rows, columns.</summary>
    private IEnumerable<(int Row, int Column, int Rows, int Columns)> Squares(bool[] active)
    {
        for (var row = 0; row < Rows; row += _side)
        {
            for (var column = 0; column < Columns; column += _side)
            {
                var (rows, columns) = (Math.Min(_side, Rows - row), Math.Min(_side, Columns - column));
                var any = false;
                for (var r = row; r < row + rows && !any; r++) any = active.AsSpan((r * Columns) + column, columns).Contains(true);
                if (any) yield return (row, column, rows, columns);
            }
        }
    }

    /// <summary>Places under whose window something counts.</summary>
    private bool[] Active(bool[] counts, int width)
    {
        var active = new bool[Rows * Columns];
        for (var place = 0; place < active.Length; place++)
        {
            var (top, left) = (place / Columns * _patch.Stride, place % Columns * _patch.Stride);
            for (var y = top; y < top + _patch.Size && !active[place]; y++) active[place] = counts.AsSpan((y * width) + left, _patch.Size).Contains(true);
        }

        return active;
    }
}
