using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>Answers workers: turns each message of the protocols into a command to the clip and its decision into an answer.</summary>
public sealed class Coordinator(ClipRegistry clips, SteadyClock clock, CoordinatorTimings timings) : ICoordinator
{
    /// <summary>Raised for every progress report; handlers return at once.</summary>
    public event Action<TaskProtocol.Progress>? Progressed;

    public async Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var lease = await LeaseAsync(message.Clip, message.Task, cancellation).ConfigureAwait(false);
        var command = new ClipCommand.Claim(clock.Now, message.Task, message.Worker, lease);
        var decision = await clips.ApplyAsync(message.Clip, command, cancellation).ConfigureAwait(false);
        if (decision.Refusal is { } refusal) return new(null, refusal);
        var epoch = decision.Events.OfType<ClipEvent.Claimed>().Single().Epoch;
        var state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);
        var task = state.Tasks[message.Task];
        var inputs = InputOffer.Of(state, message.Clip, message.Task);
        return new(new(epoch, lease.TotalSeconds, state.Recipe, task.Plan, state.OptionsJson, inputs.Inline, task.Rung, inputs.Elsewhere), null);
    }

    public async Task<InputProtocol.Page> InputsAsync(InputProtocol.Ask message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);
        return InputOffer.PageOf(state, message.Clip, message.Stage, message.FromTask);
    }

    public async Task<TaskProtocol.Answer> RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var lease = await LeaseAsync(message.Clip, message.Task, cancellation).ConfigureAwait(false);
        return await AnswerAsync(message.Clip, new ClipCommand.Renew(clock.Now, message.Task, message.Epoch, lease), cancellation).ConfigureAwait(false);
    }

    public Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation) =>
        AnswerAsync(message.Clip, new ClipCommand.Complete(clock.Now, message.Task, message.Epoch, message.Files), cancellation);

    public Task<TaskProtocol.Answer> FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation) =>
        AnswerAsync(message.Clip, new ClipCommand.Fail(
            clock.Now, message.Task, message.Epoch, message.Kind, message.Text, message.LogTail,
            timings.Failures, message.MemoryBytes, message.IsSmallest), cancellation);

    public Task<TaskProtocol.Answer> ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation) =>
        AnswerAsync(message.Clip, new ClipCommand.Release(clock.Now, message.Task, message.Epoch, message.Reason), cancellation);

    public Task<TaskProtocol.Answer> PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation) =>
        AnswerAsync(message.Clip, new ClipCommand.PlanStage(clock.Now, message.Stage, message.Tasks), cancellation);

    public Task<TaskProtocol.Answer> PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation) =>
        AnswerAsync(message.Clip, new ClipCommand.FailPlanning(clock.Now, message.Stage, message.Kind, message.Text), cancellation);

    public Task ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation)
    {
        Progressed?.Invoke(message);
        return Task.CompletedTask;
    }

    private async Task<TimeSpan> LeaseAsync(ClipId clip, TaskId task, CancellationToken cancellation)
    {
        var state = await clips.StateAsync(clip, cancellation).ConfigureAwait(false);
        return state.Stages.TryGetValue(task.Stage, out var stage) ? timings.LeaseOf(stage.Spec.Pool) : timings.Lease;
    }

    private async Task<TaskProtocol.Answer> AnswerAsync(ClipId clip, ClipCommand command, CancellationToken cancellation) =>
        new((await clips.ApplyAsync(clip, command, cancellation).ConfigureAwait(false)).Refusal);
}
