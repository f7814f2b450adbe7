using Depth3D.Messages;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>How a node computes in children, and how far they may go.</summary>
public sealed record ChildOptions
{
    public ChildCommand Command { get; init; } = ChildCommand.OfThisProgram();

    /// <summary>The node's folder on its own disk; also tells its children from those of other nodes.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Main memory that all children with all they start may hold together; 0 for no bound.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Cores that the tasks of a slot may use, per pool; one where nothing is said.</summary>
    public IReadOnlyDictionary<WorkerPool, int> Cores { get; init; } = new Dictionary<WorkerPool, int>();

    /// <summary>Longest wait for a child to say that it is ready.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A task that says nothing for this long, neither progress nor a line of log, hangs.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a task may take to heed that it is stopped before its process is ended.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the processes of a task may take to be gone once they are ended.</summary>
    public TimeSpan End { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at the memory of all children.</summary>
    public TimeSpan MemoryCheck { get; init; } = TimeSpan.FromMilliseconds(500);
}
