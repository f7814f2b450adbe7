using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Everything a process of the cluster is told: from arguments, environment and file, in that order of precedence.</summary>
public sealed record ClusterOptions
{
    public required NodeId Node { get; init; }

    /// <summary>Any of <c>seed</c>, <c>preprocess</c>, <c>trainer</c>, <c>render</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required BrokerOptions Broker { get; init; }

    /// <summary>Root of the artifact store, the same files on every node (a shared file system), not necessarily the same path.</summary>
    public required string StoreRoot { get; init; }

    /// <summary>Folder on this machine's own disk: unsent results, scratch, locks. Kept over restarts.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Seeds only: PostgreSQL connection string, or a path of a SQLite file when there is one seed.</summary>
    public string? Journal { get; init; }

    /// <summary>Seeds only: where the HTTP API and the dashboard listen. Workers: where health and metrics listen; empty for nowhere.</summary>
    public string Http { get; init; } = "http://127.0.0.1:7070";

    /// <summary>Seeds only: file of operators' tokens; without it only health endpoints answer.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Slots per pool that differ from the defaults of this machine.</summary>
    public ImmutableSortedDictionary<WorkerPool, int> Slots { get; init; } = ImmutableSortedDictionary<WorkerPool, int>.Empty;

    /// <summary>GPUs this node may hold, by the beginning of their UUIDs: empty for none, null for all that no other process holds.</summary>
    public IReadOnlyList<string>? Gpus { get; init; }

    /// <summary>Runs tasks in this process. False, the default on nodes, gives each slot a child process.</summary>
    public bool InProcess { get; init; }

    /// <summary>How long a worker that is told to stop may finish what it runs; the rest is given back.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>OTLP endpoint for traces and metrics, such as <c>http://127.0.0.1:4318</c>; null for none.</summary>
    public string? Otlp { get; init; }

    /// <summary>Shards of the clip space. The same on every seed; changed only while no clip runs.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Seeds only: weights of projects that differ from 1; the same on every seed.</summary>
    public ImmutableSortedDictionary<string, int> ProjectWeights { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
}
