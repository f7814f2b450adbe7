using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>
/// Which names may be in a set, in eight bytes per name; whoever hears "maybe" looks. Immutable: sorted runs of hashes, of which two of like
/// size become one, so that adding and asking cost the logarithm of their number.
/// </summary>
internal sealed class NameSketch
{
    public static readonly NameSketch Empty = new([]);

    private readonly ulong[][] _runs;

    private NameSketch(ulong[][] runs) => _runs = runs;

    /// <summary>False for certain; true where the name, or very rarely another of the same hash, was added.</summary>
    public bool MayContain(string name)
    {
        var hash = HashOf(name);
        foreach (var run in _runs)
            if (Array.BinarySearch(run, hash) >= 0) return true;
        return false;
    }

    public NameSketch Add(IReadOnlyList<ArtifactFile> files)
    {
        if (files.Count == 0) return this;
        var added = new ulong[files.Count];
        for (var i = 0; i < added.Length; i++) added[i] = HashOf(files[i].Name);
        Array.Sort(added);
        var kept = _runs.Length;
        for (; kept > 0 && _runs[kept - 1].Length <= added.Length; kept--) added = Merged(_runs[kept - 1], added);
        var runs = new ulong[kept + 1][];
        Array.Copy(_runs, runs, kept);
        runs[kept] = added;
        return new(runs);
    }

    private static ulong[] Merged(ulong[] one, ulong[] other)
    {
        var merged = new ulong[one.Length + other.Length];
        for (int i = 0, j = 0, k = 0; k < merged.Length; k++)
            merged[k] = j == other.Length || (i < one.Length && one[i] <= other[j]) ? one[i++] : other[j++];
        return merged;
    }

    /// <summary>FNV-1a over the characters.</summary>
    private static ulong HashOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
