using Depth3D.Cluster.Workers.Gpus;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// What a worker process holds on its machine for as long as it lives: its state folder and its GPUs. Taking it ends what an earlier run
/// that was killed has left computing.
/// </summary>
internal sealed partial class NodeGround : IDisposable
{
    private readonly FileLock _lock;

    private NodeGround(FileLock held, HeldGpus gpus) => (_lock, Gpus) = (held, gpus);

    public HeldGpus Gpus { get; }

    /// <param name="stateFolder">Made when missing.</param>
    /// <param name="usesGpus">False: no GPU is looked for.</param>
    /// <param name="wanted">GPUs by the beginning of their UUIDs; null for all that are free.</param>
    /// <exception cref="Depth3DException">Another process works in this folder, or a named GPU cannot be had.</exception>
    public static async Task<NodeGround> TakeAsync(
        string stateFolder, bool usesGpus, IReadOnlyList<string>? wanted, IGpuLister lister, ILogger log, CancellationToken cancellation)
    {
        Directory.CreateDirectory(stateFolder);
        var held = FileLock.TryTake(Path.Combine(stateFolder, "lock"), out var holder) ?? throw new Depth3DException(
            $"the node's state folder is in use by process {holder}", stateFolder, "stop that process, or give this node another --state", FailureKind.Usage);
        try
        {
            var ended = Leftovers.EndOfNode(stateFolder);
            if (ended > 0) LogLeftovers(log, ended);
            return new NodeGround(held, usesGpus ? await TakeGpusAsync(stateFolder, wanted, lister, log, cancellation).ConfigureAwait(false) : HeldGpus.None);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Gpus.Dispose();
        _lock.Dispose();
    }

    private static async Task<HeldGpus> TakeGpusAsync(
        string stateFolder, IReadOnlyList<string>? wanted, IGpuLister lister, ILogger log, CancellationToken cancellation)
    {
        var present = await lister.ListAsync(cancellation).ConfigureAwait(false);
        var gpus = HeldGpus.Take([.. present.Select(g => g.Gpu)], wanted, HeldGpus.DefaultFolder(stateFolder));
        foreach (var gpu in gpus.Gpus) LogHolds(log, gpu.Uuid, gpu.Name);
        foreach (var gpu in gpus.Taken) LogTaken(log, gpu.Uuid, gpu.Name);
        return gpus;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "ended {Count} programs that an earlier run of this node had left running")]
    private static partial void LogLeftovers(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "holds GPU {Uuid} ({Name})")]
    private static partial void LogHolds(ILogger logger, string uuid, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "GPU {Uuid} ({Name}) belongs to another process of this machine")]
    private static partial void LogTaken(ILogger logger, string uuid, string name);
}
