using System.Buffers;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// Draws a cloud in bands of rows, each small enough to stay in a processor's cache: points are projected once and sorted by the bands they touch.
/// </summary>
internal sealed class SplatBands
{
    /// <summary>Samples of a band, 8 bytes each.</summary>
    private const int BandSamples = 1 << 16;

    private const int PointsPerBlock = 8192;

    private readonly PointCloud _cloud;
    private readonly SplatCamera _camera;
    private readonly bool _vectorised;
    private readonly int _perRow, _rowsPerBand, _bands, _blocks;
    private readonly ParallelOptions _threads;

    /// <param name="camera">Of the sample grid.</param>
    /// <param name="samplesPerRow">Rows of the grid that make one of the picture.</param>
    public SplatBands(PointCloud cloud, SplatCamera camera, int samplesPerRow, bool vectorised, int threads)
    {
        (_cloud, _camera, _perRow, _vectorised) = (cloud, camera, samplesPerRow, vectorised);
        _rowsPerBand = Math.Max(BandSamples / (camera.Width * samplesPerRow), 1) * samplesPerRow;
        _bands = (camera.Height + _rowsPerBand - 1) / _rowsPerBand;
        _blocks = (cloud.Count + PointsPerBlock - 1) / PointsPerBlock;
        _threads = new ParallelOptions { MaxDegreeOfParallelism = threads };
    }

    /// <summary>Gets the samples of one row of the picture, row by row of the grid.</summary>
    public delegate void RowResolver(ReadOnlySpan<ulong> samples, int y);

    public void Draw(RowResolver resolve)
    {
        var seen = ArrayPool<Footprint>.Shared.Rent(_blocks * PointsPerBlock);
        var bandOf = Enumerable.Range(0, _camera.Height).Select(row => row / _rowsPerBand).ToArray();
        var counts = new int[_blocks];
        var starts = new int[_blocks][];
        Parallel.For(0, _blocks, _threads, b =>
        {
            int first = b * PointsPerBlock, end = Math.Min(first + PointsPerBlock, _cloud.Count);
            var own = seen.AsSpan(first, PointsPerBlock);
            counts[b] = _vectorised ? SplatKernel.Vectorised(_cloud, first, end, _camera, own) : SplatKernel.Scalar(_cloud, first, end, _camera, own);
            starts[b] = new int[_bands];
            foreach (ref readonly var f in own[..counts[b]])
                for (var band = bandOf[f.Top]; band <= bandOf[f.Bottom - 1]; band++) starts[b][band]++;
        });
        var ends = Sum(starts);
        var order = ArrayPool<int>.Shared.Rent(Math.Max(ends[^1], 1));
        Parallel.For(0, _blocks, _threads, b =>
        {
            var at = starts[b];
            for (var i = b * PointsPerBlock; i < (b * PointsPerBlock) + counts[b]; i++)
                for (var band = bandOf[seen[i].Top]; band <= bandOf[seen[i].Bottom - 1]; band++) order[at[band]++] = i;
        });
        Parallel.For(0, _bands, _threads, () => ArrayPool<ulong>.Shared.Rent((_rowsPerBand * _camera.Width) + Footprint.Overhang), (band, _, buffer) =>
        {
            Draw(band, seen, order.AsSpan(band == 0 ? 0 : ends[band - 1], ends[band] - (band == 0 ? 0 : ends[band - 1])), buffer, resolve);
            return buffer;
        }, buffer => ArrayPool<ulong>.Shared.Return(buffer));
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<Footprint>.Shared.Return(seen);
    }

    /// <summary>Turns numbers of footprints into the places where those of a block begin within each band.</summary>
    /// <returns>Where bands end.</returns>
    private int[] Sum(int[][] starts)
    {
        var ends = new int[_bands];
        var at = 0;
        for (var band = 0; band < _bands; band++)
        {
            foreach (var block in starts) (block[band], at) = (at, at + block[band]);
            ends[band] = at;
        }

        return ends;
    }

    private void Draw(int band, Footprint[] seen, ReadOnlySpan<int> order, ulong[] buffer, RowResolver resolve)
    {
        int first = band * _rowsPerBand, end = Math.Min(first + _rowsPerBand, _camera.Height);
        var rows = buffer.AsSpan(0, ((end - first) * _camera.Width) + Footprint.Overhang);
        rows.Fill(SplatKernel.Empty);
        foreach (var i in order) seen[i].Draw(rows, _camera.Width, first, end);
        for (var y = first; y < end; y += _perRow) resolve(rows.Slice((y - first) * _camera.Width, _perRow * _camera.Width), y / _perRow);
    }
}
