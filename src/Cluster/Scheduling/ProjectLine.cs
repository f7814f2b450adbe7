namespace Depth3D.Cluster.Scheduling;

/// <summary>A project's clips that wait for their turn, and what it has in each pool.</summary>
/// <param name="shares">By pool.</param>
internal sealed class ProjectLine(ProjectShare[] shares)
{
    private readonly SortedSet<NewClip> _waiting = new(TurnOrder.Instance);

    public int Weight => shares[0].Weight;

    /// <summary>By pool: clips that were admitted and whose first stage is not planned yet.</summary>
    public PriorityCounts[] Planning { get; } = [.. shares.Select(_ => new PriorityCounts())];

    public bool IsEmpty => Head is null && Planning.All(p => p.Total == 0);

    /// <summary>Whose turn is next; null when none waits.</summary>
    public NewClip? Head { get; private set; }

    public ProjectShare Share(PoolBook pool) => shares[(int)pool.Pool];

    public void Add(NewClip clip)
    {
        _waiting.Add(clip);
        Head = _waiting.Min;
    }

    public void Remove(NewClip clip)
    {
        _waiting.Remove(clip);
        Head = _waiting.Min;
    }

    /// <summary>How many come before it.</summary>
    public int Before(NewClip clip) => _waiting.TakeWhile(c => c != clip).Count();

    private sealed class TurnOrder : IComparer<NewClip>
    {
        public static readonly TurnOrder Instance = new();

        public int Compare(NewClip? x, NewClip? y)
        {
            var order = y!.Terms.Priority.CompareTo(x!.Terms.Priority);
            if (order == 0) order = x.SubmittedAt.CompareTo(y.SubmittedAt);
            return order == 0 ? string.CompareOrdinal(x.Clip.Value, y.Clip.Value) : order;
        }
    }
}
