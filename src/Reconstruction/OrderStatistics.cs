namespace Depth3D.Reconstruction;

/// <summary>Order statistics that are one of the values given, never a mean of two, so that a threshold is compared with something measured.</summary>
public static class OrderStatistics
{
    /// <summary>The middle value; of an even number the upper of the two in the middle.</summary>
    /// <exception cref="IndexOutOfRangeException">There are no values.</exception>
    public static double UpperMedian(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    /// <summary>The value below which about this share of the others lie: index <c>share (n - 1)</c>, rounded down, of the sorted values.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>NaN when there are no values.</returns>
    public static double LowerQuantile(IEnumerable<double> values, double share)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
    }
}
