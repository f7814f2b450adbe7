using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation.Loops;

/// <summary>Deviation of every number of a picture over time (population), in 8-bit units.</summary>
public static class TemporalSpread
{
    /// <summary>[row, column, channel].</summary>
    public static double[] Of(IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var spread = new double[frames[0].Samples.Length];
        Parallel.For(0, frames[0].Height, y =>
        {
            var width = frames[0].Width * frames[0].Channels;
            for (var n = y * width; n < (y + 1) * width; n++)
            {
                long sum = 0, squares = 0;
                foreach (var frame in frames)
                {
                    sum += frame.Samples[n];
                    squares += frame.Samples[n] * frame.Samples[n];
                }

                // Integers up to here: equal sets of values give equal deviations, whatever their order.
                spread[n] = Math.Sqrt((squares * frames.Count) - (sum * sum)) / frames.Count;
            }
        });
        return spread;
    }

    /// <summary>Mean squared difference of two clips' deviations (STDerr of spec 7.1).</summary>
    public static double Error(IReadOnlyList<Raster<byte>> loop, IReadOnlyList<Raster<byte>> clip) => Of(loop).Zip(Of(clip), (a, b) => (a - b) * (a - b)).Average();

    /// <summary>Mean deviation of the loop over that of the clip; 1 where neither moves.</summary>
    /// <param name="chosen">Per pixel: those that can loop; null for all.</param>
    public static double Ratio(IReadOnlyList<Raster<byte>> loop, IReadOnlyList<Raster<byte>> clip, bool[]? chosen = null)
    {
        double Mean(double[] spread) => spread.Where((_, n) => chosen is null || chosen[n / 3]).DefaultIfEmpty(0).Average();
        var (shown, seen) = (Mean(Of(loop)), Mean(Of(clip)));
        return seen > 0 ? shown / seen : shown > 0 ? double.PositiveInfinity : 1;
    }
}
