using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Brings reports to the coordinator, again and again until it answers or the node stops.</summary>
internal sealed partial class Delivery(ICoordinator coordinator, NodeId node, TimeProvider time, WorkerTimings timings, ILogger log)
{
    /// <summary>Tries that a stopping node makes: what they do not deliver, a durable outbox keeps.</summary>
    private const int LastTries = 2;

    /// <param name="report">What to deliver.</param>
    /// <param name="along">What the first try takes along. It is answered in any case, by null where that try brought no answer.</param>
    /// <param name="stop">The node stops.</param>
    /// <returns>The answer; null when the node stopped before there was one.</returns>
    public async Task<TaskProtocol.Answer?> DeliverAsync(Report report, Along along, CancellationToken stop)
    {
        var (clip, task, _) = report.Attempt;
        for (var left = LastTries; left > 0;)
        {
            try
            {
                var answer = await SendAsync(report, along).WaitAsync(timings.Request, time, CancellationToken.None).ConfigureAwait(false);
                along.Answered(answer);
                if (answer.Refusal != Refusal.Unavailable) return answer;
            }
            catch (Exception e)
            {
                LogNoAnswer(log, clip, task, e.Message);
            }

            along.Answered(null);
            along = Along.Nothing;

            if (stop.IsCancellationRequested) left--;
            if (left > 0) await PauseAsync(stop).ConfigureAwait(false);
        }

        return null;
    }

    private Task<TaskProtocol.Answer> SendAsync(Report report, Along along) => report switch
    {
        Report.Done done => coordinator.DoneAsync(along.IsNothing ? done.Message : along.With(done.Message, node, time), CancellationToken.None),
        Report.Failed failed => coordinator.FailedAsync(failed.Message, CancellationToken.None),
        Report.Released released => coordinator.ReleasedAsync(released.Message, CancellationToken.None),
        _ => throw new ArgumentOutOfRangeException(nameof(report), report, "no such report"),
    };

    private Task PauseAsync(CancellationToken stop) =>
        Task.Delay(timings.RetryReport, time, stop).ContinueWith(static _ => { }, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip} {Task}: the coordinator does not answer: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, ClipId clip, TaskId task, string reason);
}
