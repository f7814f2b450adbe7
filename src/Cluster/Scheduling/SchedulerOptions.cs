using System.Collections.Immutable;

namespace Depth3D.Cluster.Scheduling;

/// <summary>How tasks are placed.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Shares of projects; one that is not named has 1.</summary>
    public ImmutableSortedDictionary<string, int> ProjectWeights { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>
    /// Below this mean duration of a pool's tasks, a node is given one more task per slot, so that it need not wait for messages between
    /// two; more of them where tasks are so short that one does not last for <see cref="AheadFor"/>. Zero, and trainers always, for never.
    /// </summary>
    public TimeSpan AheadBelow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Work that a slot has ahead, at most <see cref="MostAhead"/> tasks of it: what a result, a hint and a claim take on a busy cluster.</summary>
    public TimeSpan AheadFor { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>Tasks ahead per slot at most.</summary>
    public int MostAhead { get; init; } = 6;

    /// <summary>A node on which tasks of so many clips fail without a success between gets no more work; 0 for never.</summary>
    public int CordonAfterClips { get; init; } = 3;

    /// <summary>Count slots and nothing else: what a task needs besides, the one machine there is has, or nobody has.</summary>
    public bool SlotsOnly { get; init; }

    /// <summary>So many clips of a project are in progress together in any case, and share by their weights; more as far as nodes can use them.</summary>
    public int LeastInProgress { get; init; } = 8;

    /// <summary>Every clip begins at once, however many are in progress.</summary>
    public bool AdmitsAll { get; init; }

    /// <summary>For a node in the same process: no messages to wait for, no other machine to choose.</summary>
    public static SchedulerOptions OneProcess { get; } = new() { AheadBelow = TimeSpan.Zero, CordonAfterClips = 0, SlotsOnly = true, AdmitsAll = true };
}
