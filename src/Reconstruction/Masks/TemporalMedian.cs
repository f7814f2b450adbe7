using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>The median of a quantity over neighbouring frames, each looked up along the flow, so that what moves is followed.</summary>
internal static class TemporalMedian
{
    /// <summary>
    /// Per pixel the median of <paramref name="centre"/> and of every neighbour at the place its flow points to; NaN values and invalid
    /// flow do not vote, unless nothing else does: then a rough place is better than none. NaN where nothing votes. Of an even number the
    /// mean of the middle two.
    /// </summary>
    /// <param name="neighbours">A neighbour's values, the flow from the centre frame to it, and that flow's validity.</param>
    public static Raster<float> Of(Raster<float> centre, IReadOnlyList<(Raster<float> Values, Raster<float> Flow, Raster<byte> Valid)> neighbours)
    {
        int w = centre.Width, h = centre.Height;
        var result = new Raster<float>(w, h);
        Parallel.For(0, h, y =>
        {
            Span<float> votes = stackalloc float[neighbours.Count + 1];
            for (var x = 0; x < w; x++)
            {
                var i = (y * w) + x;
                var count = Votes(votes, x, y, onlyValid: true);
                if (count == 0) count = Votes(votes, x, y, onlyValid: false);
                result.Samples[i] = Median(votes[..count]);
            }
        });
        return result;

        int Votes(Span<float> votes, int x, int y, bool onlyValid)
        {
            var i = (y * w) + x;
            var count = 0;
            if (!float.IsNaN(centre.Samples[i])) votes[count++] = centre.Samples[i];
            foreach (var (values, flow, valid) in neighbours)
            {
                if (onlyValid && valid.Samples[i] == 0) continue;
                var x2 = (int)MathF.Round(x + flow.Samples[2 * i]);
                var y2 = (int)MathF.Round(y + flow.Samples[(2 * i) + 1]);
                if ((uint)x2 >= (uint)w || (uint)y2 >= (uint)h) continue;
                var value = values.Samples[(y2 * w) + x2];
                if (!float.IsNaN(value)) votes[count++] = value;
            }

            return count;
        }
    }

    private static float Median(Span<float> values)
    {
        if (values.Length == 0) return float.NaN;
        values.Sort();
        var middle = values.Length / 2;
        return (values.Length & 1) == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
