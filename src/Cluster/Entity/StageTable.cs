using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>The stages of a clip by name. Immutable.</summary>
public sealed class StageTable
{
    private readonly StageState[] _states;

    private StageTable(StageIndex index, StageState[] states) => (Index, _states) = (index, states);

    public static StageTable Empty { get; } = new(StageIndex.Empty, []);

    internal StageIndex Index { get; }

    /// <exception cref="KeyNotFoundException">The recipe has no such stage.</exception>
    public StageState this[StageName stage] => TryGetValue(stage, out var state)
        ? state
        : throw new KeyNotFoundException($"the recipe has no stage '{stage}'");

    /// <summary>One state for each stage, as the recipe orders them.</summary>
    public static StageTable Of(ImmutableArray<StageSpec> specs, IEnumerable<StageState> states) => new(new StageIndex(specs), [.. states]);

    public bool ContainsKey(StageName stage) => Index.Of(stage) >= 0;

    public bool TryGetValue(StageName stage, [NotNullWhen(true)] out StageState? state)
    {
        var ordinal = Index.Of(stage);
        state = ordinal >= 0 ? _states[ordinal] : null;
        return state is not null;
    }

    public StageTable SetItem(StageName stage, StageState state)
    {
        var states = (StageState[])_states.Clone();
        states[Index.Of(stage)] = state;
        return new(Index, states);
    }
}
