using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>A result that waits to go along with the next one of its clip.</summary>
/// <param name="message">The result; where it goes along, <see cref="TaskProtocol.Done.SecondsAgo"/> is told then.</param>
/// <param name="computed">When its slot was free, by the node's clock.</param>
internal sealed class HeldResult(TaskProtocol.Done message, WorkerPool pool, long computed)
{
    private readonly TaskCompletionSource<Sent> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskProtocol.Done Message => message;

    public WorkerPool Pool => pool;

    public long Computed => computed;

    /// <summary>What became of it.</summary>
    public Task<Sent> Fate => _sent.Task;

    /// <summary>It went along; null where no answer came, so that it goes once more, by itself.</summary>
    public void Answered(TaskProtocol.Answer? answer) => _sent.TrySetResult(new(IsTaken: true, answer));

    /// <summary>It is to go by itself now.</summary>
    public void LetGo() => _sent.TrySetResult(new(IsTaken: false, null));

    /// <param name="IsTaken">Another result took it along.</param>
    /// <param name="Answer">The answer, where there was one.</param>
    internal readonly record struct Sent(bool IsTaken, TaskProtocol.Answer? Answer);
}
