using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>
/// Looks at the memory of all children with all they started. When together they exceed the node's bound it ends an idle one, or else the
/// one that exceeds its request the most. It acts before the kernel does, whose choice would be another.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly long _bound;
    private readonly Func<IReadOnlyList<(ChildProcess Child, long? Requested)>> _children;
    private readonly ITimer? _timer;
    private int _looking;

    /// <param name="children">All of them, with what their task asked for; null for idle ones.</param>
    public MemoryWatch(long bound, TimeSpan interval, TimeProvider time, Func<IReadOnlyList<(ChildProcess Child, long? Requested)>> children)
    {
        (_bound, _children) = (bound, children);
        if (bound > 0) _timer = time.CreateTimer(_ => Look(), null, interval, interval);
    }

    /// <summary>Whom to end: nobody, or an index.</summary>
    public static int? Victim(long bound, IReadOnlyList<(long Used, long? Requested)> children)
    {
        if (children.Sum(c => c.Used) <= bound) return null;
        var idle = children.Index().Where(c => c.Item.Requested is null).ToArray();
        return idle.Length > 0 ? idle.MaxBy(c => c.Item.Used).Index : children.Index().MaxBy(c => c.Item.Used - c.Item.Requested).Index;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1) return;
        try
        {
            var children = _children();
            if (children.Count == 0) return;
            var table = ProcessTable.Read();
            var used = children.Select(c => (Used: ProcessTable.MemoryOf(table, c.Child.Id), c.Requested)).ToArray();
            if (Victim(_bound, used) is { } victim) children[victim].Child.Condemn(Fault(used[victim].Used));
        }
        finally
        {
            Interlocked.Exchange(ref _looking, 0);
        }
    }

    private TaskFault Fault(long used) => new(FailureKind.OutOfMemory, string.Create(CultureInfo.InvariantCulture,
        $"the task held {used / 1e9:0.00} GB of memory when all tasks of its node exceeded {_bound / 1e9:0.00} GB together"), "", MemoryBytes: _bound);
}
