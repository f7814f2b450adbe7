using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>A hint that waits to be claimed along with a result.</summary>
internal sealed class HeldHint(TaskProtocol.Run message, WorkerPool pool)
{
    private readonly TaskCompletionSource<TaskProtocol.ClaimAnswer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskProtocol.Run Message => message;

    public WorkerPool Pool => pool;

    /// <summary>The coordinator's answer; null when the hint is to be claimed by itself.</summary>
    public Task<TaskProtocol.ClaimAnswer?> Answer => _answer.Task;

    public void Answered(TaskProtocol.ClaimAnswer? answer) => _answer.TrySetResult(answer);
}
