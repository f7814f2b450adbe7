namespace Depth3D.Cluster.Scheduling;

/// <summary>How many there are of each priority; few priorities are in use at a time.</summary>
internal sealed class PriorityCounts
{
    private readonly List<(int Priority, int Count)> _levels = [];

    public int Total { get; private set; }

    /// <summary>The lowest priority in use; null when there is nobody.</summary>
    public int? Lowest { get; private set; }

    /// <summary>Those of this priority or a higher one.</summary>
    public int From(int priority)
    {
        var count = 0;
        foreach (var level in _levels)
            if (level.Priority >= priority) count += level.Count;
        return count;
    }

    public void Change(int priority, int change)
    {
        if (change == 0) return;
        Total += change;
        var place = _levels.FindIndex(l => l.Priority == priority);
        if (place < 0) _levels.Add((priority, change));
        else if (_levels[place].Count + change == 0) _levels.RemoveAt(place);
        else
        {
            _levels[place] = (priority, _levels[place].Count + change);
            return;
        }

        Lowest = _levels.Count > 0 ? _levels.Min(l => l.Priority) : null;
    }
}
