using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>A task from its hint to its coordinator's answer.</summary>
internal sealed class Holding
{
    private readonly HeldTask? _ended;

    public Holding(TaskProtocol.Run message) => Key = (message.Clip, message.Task);

    /// <summary>What an earlier run of the node has not delivered.</summary>
    public Holding(Report report)
    {
        var (clip, task, epoch) = report.Attempt;
        Key = (clip, task);
        _ended = new HeldTask(clip, task, epoch, IsEnded: true);
    }

    public (ClipId Clip, TaskId Task) Key { get; }

    /// <summary>Set when the claim is granted.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>Ends when nothing of it is left to do.</summary>
    public Task Life { get; set; } = System.Threading.Tasks.Task.CompletedTask;

    /// <summary>For heartbeats; null before the claim is granted.</summary>
    public HeldTask? Task => _ended
        ?? (Attempt is { } attempt ? new HeldTask(Key.Clip, Key.Task, attempt.Epoch, attempt.IsEnded) : null);
}
