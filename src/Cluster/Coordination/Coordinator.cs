using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>Answers workers: turns each message of the protocols into a command to the clip and its decision into an answer.</summary>
public sealed class Coordinator(ClipRegistry clips, SteadyClock clock, CoordinatorTimings timings) : ICoordinator
{
    /// <summary>Results wait far shorter than this for each other; whoever says more is not believed.</summary>
    private static readonly TimeSpan LongestAgo = TimeSpan.FromSeconds(5);

    /// <summary>Raised for every progress report; handlers return at once.</summary>
    public event Action<TaskProtocol.Progress>? Progressed;

    public async Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);
        var claim = ClaimOf(state, message.Task, message.Worker);
        var decision = await clips.ApplyAsync(message.Clip, claim, cancellation).ConfigureAwait(false);
        return AnswerOf(await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false), message.Clip, claim, decision);
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
        var state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);
        var renewal = new ClipCommand.Renew(clock.Now, message.Task, message.Epoch, LeaseOf(state, message.Task));
        return await AnswerAsync(message.Clip, renewal, cancellation).ConfigureAwait(false);
    }

    public async Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is { Next: null, More: null }) return await AnswerAsync(message.Clip, CompleteOf(message), cancellation).ConfigureAwait(false);
        var state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);

        // In the order in which they were computed: what the scheduler knows of a node's slots follows that.
        ClipCommand.Complete[] results = [.. (message.More ?? []).Select(CompleteOf), CompleteOf(message)];

        // A message that arrives twice must not take back what the first one was granted.
        var claims = message.Next is { } next ? next.Tasks.Select(task => ClaimOf(state, task, next.Worker) with { KeepsOwn = true }).ToArray() : [];
        var decisions = await clips.ApplyAsync(message.Clip, [.. results, .. claims], cancellation).ConfigureAwait(false);
        state = await clips.StateAsync(message.Clip, cancellation).ConfigureAwait(false);
        var more = decisions.Take(results.Length - 1).Select(d => new TaskProtocol.Answer(d.Refusal));
        var granted = claims.Zip(decisions.Skip(results.Length), (claim, decision) => AnswerOf(state, message.Clip, claim, decision));
        return new(decisions[results.Length - 1].Refusal, [.. granted], [.. more]);
    }

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

    /// <summary>The time counts at which the slot was free. It is told as a span, so no other machine's clock comes in.</summary>
    private ClipCommand.Complete CompleteOf(TaskProtocol.Done message)
    {
        var ago = message.SecondsAgo > 0 ? TimeSpan.FromSeconds(Math.Min(message.SecondsAgo, LongestAgo.TotalSeconds)) : TimeSpan.Zero;
        return new(clock.Now - ago, message.Task, message.Epoch, message.Files);
    }

    private ClipCommand.Claim ClaimOf(ClipState state, TaskId task, string worker) => new(clock.Now, task, worker, LeaseOf(state, task));

    /// <param name="state">The clip after the decision.</param>
    private static TaskProtocol.ClaimAnswer AnswerOf(ClipState state, ClipId clip, ClipCommand.Claim claim, Decision decision)
    {
        if (decision.Refusal is { } refusal) return new(null, refusal);
        var task = state.Tasks[claim.Task];
        var epoch = decision.Events.OfType<ClipEvent.Claimed>().SingleOrDefault()?.Epoch ?? task.Epoch;
        var inputs = InputOffer.Of(state, clip, claim.Task);
        return new(new(epoch, claim.Lease.TotalSeconds, state.Recipe, task.Plan, state.OptionsJson, inputs.Inline, task.Rung, inputs.Elsewhere), null);
    }

    private TimeSpan LeaseOf(ClipState state, TaskId task) =>
        state.Stages.TryGetValue(task.Stage, out var stage) ? timings.LeaseOf(stage.Spec.Pool) : timings.Lease;

    private async Task<TaskProtocol.Answer> AnswerAsync(ClipId clip, ClipCommand command, CancellationToken cancellation) =>
        new((await clips.ApplyAsync(clip, command, cancellation).ConfigureAwait(false)).Refusal);
}
