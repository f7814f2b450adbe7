using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Computes attempts: in this process (<see cref="InProcessExecutor"/>) or in a child of its own per slot. Knows no lease, no store
/// protocol and no coordinator; it fills a folder.
/// </summary>
public interface ITaskExecutor : IAsyncDisposable
{
    /// <summary>Runs one attempt in a slot. Returns when its files lie in the output folder and nothing of it runs any more.</summary>
    /// <exception cref="Depth3DException">The attempt failed; the kind says how to go on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, and the work has stopped or was left behind.</exception>
    Task ExecuteAsync(TaskJob job, Slot slot, IProgress<StageProgress> progress, ILogger log, CancellationToken cancellation);
}
