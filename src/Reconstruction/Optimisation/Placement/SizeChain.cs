namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>Log sizes of one object from measured changes between its frames, by weighted least squares.</summary>
internal static class SizeChain
{
    /// <summary>Changes that disagree with the others by more than this multiple of the median are left out in the second round.</summary>
    private const double OutlierRatio = 5;

    /// <param name="seen">The frames that have the object, ascending.</param>
    /// <param name="links">They must join all of <paramref name="seen"/>.</param>
    /// <returns>Log size of each frame with mean 0; NaN elsewhere.</returns>
    public static double[] Solve(int[] seen, IReadOnlyList<SizeLink> links, int frames)
    {
        var result = new double[frames];
        Array.Fill(result, double.NaN);
        if (seen.Length == 0) return result;
        var index = new int[frames];
        for (var k = 0; k < seen.Length; k++) index[seen[k]] = k;
        var sizes = LeastSquares(links, index, seen.Length);
        var errors = links.Select(l => Math.Abs(sizes[index[l.To]] - sizes[index[l.From]] - l.LogRatio) * l.Weight).ToArray();
        var limit = links.Count == 0 ? 0 : (OutlierRatio * errors.Order().ElementAt(errors.Length / 2)) + 1e-6;
        sizes = LeastSquares([.. links.Where((l, i) => errors[i] <= limit || l.To == Next(seen, index[l.From]))], index, seen.Length);
        var mean = sizes.Average();
        for (var k = 0; k < seen.Length; k++) result[seen[k]] = sizes[k] - mean;
        return result;
    }

    private static int Next(int[] seen, int k) => k + 1 < seen.Length ? seen[k + 1] : -1;

    /// <summary>Normal equations with the first size held at zero, by Cholesky within the band that the longest link makes.</summary>
    private static double[] LeastSquares(IReadOnlyList<SizeLink> links, int[] index, int count)
    {
        var reach = links.Count == 0 ? 1 : links.Max(l => Math.Abs(index[l.To] - index[l.From]));
        var (band, right) = (new double[count, reach + 1], new double[count]); // band[i, d] = A[i, i - d]
        band[0, 0] = 1;
        for (var i = 0; i < count; i++) band[i, 0] += 1e-9;
        foreach (var link in links)
        {
            int a = index[link.From], b = index[link.To];
            band[a, 0] += link.Weight;
            band[b, 0] += link.Weight;
            band[Math.Max(a, b), Math.Abs(a - b)] -= link.Weight;
            right[b] += link.Weight * link.LogRatio;
            right[a] -= link.Weight * link.LogRatio;
        }

        Cholesky(band, reach);
        return Substitute(band, right, reach);
    }

    private static void Cholesky(double[,] band, int reach)
    {
        for (var i = 0; i < band.GetLength(0); i++)
        {
            for (var d = Math.Min(reach, i); d >= 0; d--)
            {
                var (j, sum) = (i - d, band[i, d]);
                for (var k = Math.Max(0, Math.Max(i, j) - reach); k < j; k++) sum -= band[i, i - k] * band[j, j - k];
                band[i, d] = d == 0 ? Math.Sqrt(sum) : sum / band[j, 0];
            }
        }
    }

    private static double[] Substitute(double[,] band, double[] right, int reach)
    {
        var x = (double[])right.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = Math.Max(0, i - reach); k < i; k++) x[i] -= band[i, i - k] * x[k];
            x[i] /= band[i, 0];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k <= Math.Min(x.Length - 1, i + reach); k++) x[i] -= band[k, k - i] * x[k];
            x[i] /= band[i, 0];
        }

        return x;
    }
}
