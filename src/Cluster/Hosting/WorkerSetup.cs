using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Cluster.Workers.Gpus;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Hosting;

/// <summary>What a <see cref="WorkerHost"/> is made of.</summary>
public sealed record WorkerSetup
{
    public required ClusterOptions Options { get; init; }

    /// <summary>The stages whose code this process has.</summary>
    public required StageBook Stages { get; init; }

    /// <summary>How to reach the bus.</summary>
    public required IClusterTransport Transport { get; init; }

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Leases of a cluster are shorter than an embedded engine's, so renewals are closer.</summary>
    public WorkerTimings Timings { get; init; } = new() { Renew = TimeSpan.FromSeconds(5), Request = TimeSpan.FromSeconds(10) };

    /// <summary>What computes in children; null for this program itself, which must then know <see cref="ChildMain.Verb"/>.</summary>
    public ChildCommand? Child { get; init; }

    /// <summary>How the GPUs of this machine are found.</summary>
    public IGpuLister GpuLister { get; init; } = new NvidiaSmi();

    /// <summary>Between two reports to the active seed.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>False where the bus has no broker: then nothing needs to prove that this process is alive.</summary>
    public bool HoldsPresence { get; init; } = true;

    /// <summary>How this node takes files that others have published and it does not see.</summary>
    public Visibility Visibility { get; init; } = Visibility.Shared;

    /// <summary>Called at the named places of every attempt; tests kill or delay there.</summary>
    internal Action<AttemptPoint, TaskId>? Probe { get; init; }
}
