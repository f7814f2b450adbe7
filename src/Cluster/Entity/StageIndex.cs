using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>Where each stage stands in its recipe. Recipes are short: looking through the names is quicker than hashing one.</summary>
internal sealed class StageIndex(ImmutableArray<StageSpec> specs)
{
    public static readonly StageIndex Empty = new([]);

    private readonly StageName[] _names = [.. specs.Select(s => s.Name)];

    public int Count => _names.Length;

    public WorkerPool PoolOf(int ordinal) => specs[ordinal].Pool;

    public StageName this[int ordinal] => _names[ordinal];

    /// <returns>Its place, or -1 when the recipe has no such stage.</returns>
    public int Of(StageName stage)
    {
        for (var i = 0; i < _names.Length; i++)
            if (ReferenceEquals(_names[i].Value, stage.Value)) return i;
        return Array.IndexOf(_names, stage);
    }
}
