using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>Sends a task's progress on, not more often than asked, never falling. What is held back is replaced by the next report.</summary>
internal sealed class ProgressSender(ICoordinator coordinator, ClipId clip, TaskId task, long epoch, TimeProvider time, TimeSpan interval)
    : IProgress<StageProgress>
{
    private readonly Lock _gate = new();
    private double _highest;
    private string? _message;
    private long? _sentAt;

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var fraction = double.IsFinite(value.Fraction) ? Math.Clamp(value.Fraction, 0, 1) : 0;
            _highest = Math.Max(_highest, fraction);
            _message = value.Message ?? _message;
            if (_sentAt is { } at && time.GetElapsedTime(at) < interval && _highest < 1) return;
            _sentAt = time.GetTimestamp();
            _ = SendAsync(new TaskProtocol.Progress(clip, task, epoch, _highest, _message));
        }
    }

    private async Task SendAsync(TaskProtocol.Progress message)
    {
        try
        {
            await coordinator.ProgressAsync(message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Progress is for people who look; a lost report must not touch the task.
        }
    }
}
