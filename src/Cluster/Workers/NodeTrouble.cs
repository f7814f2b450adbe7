using System.Collections.Concurrent;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Why this node cannot work at the moment. It asks from time to time whether that is over, and no attempt is blamed for it, except one
/// that brings the same trouble twice.
/// </summary>
internal sealed class NodeTrouble : IDisposable
{
    private readonly ConcurrentDictionary<string, Func<bool>> _troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ClipId, TaskId), bool> _bringers = new();
    private readonly ITimer _timer;

    public NodeTrouble(TimeProvider time, TimeSpan interval) => _timer = time.CreateTimer(_ => Look(), null, interval, interval);

    public event Action? Changed;

    /// <summary>In words; null when there is none.</summary>
    public string? Reason => _troubles.IsEmpty ? null : string.Join("; ", _troubles.Keys.Order(StringComparer.Ordinal));

    public void Begin(string what, Func<bool> isOver)
    {
        _troubles[what] = isOver;
        Changed?.Invoke();
    }

    /// <returns>False when the same task brought trouble here before: then it is the task's own doing.</returns>
    public bool IsFirstOf(ClipId clip, TaskId task) => _bringers.TryAdd((clip, task), true);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var over = _troubles.Where(t => t.Value()).ToArray();
        foreach (var trouble in over) _troubles.TryRemove(trouble);
        if (over.Length > 0) Changed?.Invoke();
    }
}
