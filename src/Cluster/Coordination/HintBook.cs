namespace Depth3D.Cluster.Coordination;

/// <summary>
/// Hints sent and not yet answered. A hint that stays unanswered is due again after a wait that doubles each time, so that a lost one
/// is replaced and a waiting one is not piled up. Used by the driver's one loop only.
/// </summary>
internal sealed class HintBook<TKey>(TimeSpan firstWait)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (DateTimeOffset Due, TimeSpan Wait)> _sent = [];

    public int Count => _sent.Count;

    public bool Contains(TKey key) => _sent.ContainsKey(key);

    public void Add(TKey key, DateTimeOffset now)
    {
        var wait = _sent.TryGetValue(key, out var before) ? before.Wait * 2 : firstWait;
        _sent[key] = (now + wait, wait);
    }

    /// <summary>Drops hints that were answered: those not in <paramref name="open"/>.</summary>
    public void Keep(IReadOnlySet<TKey> open)
    {
        foreach (var key in _sent.Keys.Where(key => !open.Contains(key)).ToArray()) _sent.Remove(key);
    }

    public IReadOnlyList<TKey> Due(DateTimeOffset now) => _sent.Where(s => s.Value.Due <= now).Select(s => s.Key).ToArray();
}
