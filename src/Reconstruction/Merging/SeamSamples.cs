using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Merging;

/// <summary>Depths of the same pixels of the same frames by two windows.</summary>
public sealed class SeamSamples
{
    private readonly List<(double[] First, double[] Second)> _still = [];
    private readonly List<double> _movingChanges = [];

    /// <summary>Pixels between samples, both ways.</summary>
    private const int Stride = 4;

    /// <summary>Of the first window, over pixels that stand still; 1 where there are none.</summary>
    public double MedianDepth => _still.Exists(s => s.First.Length > 0) ? OrderStatistics.UpperMedian(_still.SelectMany(s => s.First)) : 1;

    /// <param name="moving">Not zero = moving: such pixels measure nothing and are only judged.</param>
    public void Add(Raster<float> first, Raster<float> second, Raster<byte> moving)
    {
        ArgumentNullException.ThrowIfNull(first);
        var (a, b) = (new List<double>(), new List<double>());
        for (var y = Stride / 2; y < first.Height; y += Stride)
        {
            for (var x = Stride / 2; x < first.Width; x += Stride)
            {
                if (moving[x, y] != 0)
                {
                    _movingChanges.Add(Math.Log(first[x, y] / second[x, y]));
                    continue;
                }

                a.Add(first[x, y]);
                b.Add(second[x, y]);
            }
        }

        _still.Add(([.. a], [.. b]));
    }

    /// <summary>By frame: depth in the first window, depth in the second, of pixels that stand still.</summary>
    internal IReadOnlyList<(double[] First, double[] Second)> Still => _still;

    /// <summary>First over second, natural log, of moving pixels.</summary>
    internal IReadOnlyList<double> MovingChanges => _movingChanges;
}
