namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>Points of the run's world in the unit of the export.</summary>
/// <param name="Xyz">Three per point.</param>
/// <param name="Rgb">Three per point.</param>
/// <param name="Confidence">One per point, 0 to 1.</param>
internal sealed record ExportCloud(float[] Xyz, byte[] Rgb, float[] Confidence)
{
    public int Count => Confidence.Length;

    /// <summary>The cloud itself, or that many of its points, evenly spaced in their order.</summary>
    public ExportCloud AtMost(int count)
    {
        if (Count <= count) return this;
        int[] picked = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))];
        return new ExportCloud(Triples(Xyz, picked), Triples(Rgb, picked), Array.ConvertAll(picked, i => Confidence[i]));
    }

    private static T[] Triples<T>(T[] values, int[] picked)
    {
        var result = new T[3 * picked.Length];
        for (var i = 0; i < picked.Length; i++) Array.Copy(values, 3 * picked[i], result, 3 * i, 3);
        return result;
    }
}
