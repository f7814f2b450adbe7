using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Steering of clips, stages and tasks.</summary>
internal static class SteerHandlers
{
    public static Task<object> PauseAsync(OperatorCall call, CancellationToken cancellation) =>
        ApplyAsync(call, new ClipCommand.Pause(call.Now, PartOf(call), call.Actor), "paused; what runs goes on", cancellation);

    public static Task<object> RetryAsync(OperatorCall call, CancellationToken cancellation) =>
        ApplyAsync(call, new ClipCommand.Retry(call.Now, PartOf(call), call.Actor), "failed tasks are tried again", cancellation);

    public static Task<object> EatAsync(OperatorCall call, CancellationToken cancellation) =>
        ApplyAsync(call, new ClipCommand.Eat(call.Now, PartOf(call), call.Actor), "treated as done, without a result", cancellation);

    public static Task<object> CancelAsync(OperatorCall call, CancellationToken cancellation) =>
        ApplyAsync(call, new ClipCommand.Cancel(call.Now, PartOf(call), call.Actor), "stopped; what was accepted stays", cancellation);

    /// <summary>One word for operators, two for the entity: a failed or cancelled clip goes on, a paused part is let go.</summary>
    public static async Task<object> ResumeAsync(OperatorCall call, CancellationToken cancellation)
    {
        var (state, part) = (await call.StateAsync(cancellation).ConfigureAwait(false), PartOf(call));
        ClipCommand command = part.IsWhole && state.Phase is ClipPhase.Failed or ClipPhase.Cancelled
            ? new ClipCommand.Resume(call.Now, call.Actor)
            : new ClipCommand.Unpause(call.Now, part, call.Actor);
        return await ApplyAsync(call, command, "goes on", cancellation).ConfigureAwait(false);
    }

    public static Task<object> PriorityAsync(OperatorCall call, CancellationToken cancellation)
    {
        var (priority, weight) = (call.Arguments.Integer("priority"), call.Arguments.Integer("weight"));
        SubmitHandlers.CheckShares(call);
        return ApplyAsync(call, new ClipCommand.Prioritise(call.Now, priority, weight, call.Actor),
            $"priority {priority}{(weight is null ? "" : $", weight {weight}")}", cancellation);
    }

    private static ClipPart PartOf(OperatorCall call)
    {
        if (!call.Command.Arguments.Contains(Commands.Arguments.StageOption)) return ClipPart.Whole;
        var (stage, task) = (call.Arguments.Stage(), call.Arguments.Task());
        if (stage is not null && task is not null) throw new Depth3DException("give either --stage or --task", call.Command.Name, kind: FailureKind.Usage);
        return task is { } one ? ClipPart.Of(one) : stage is { } whole ? ClipPart.Of(whole) : ClipPart.Whole;
    }

    private static async Task<object> ApplyAsync(OperatorCall call, ClipCommand command, string done, CancellationToken cancellation)
    {
        var before = await call.StateAsync(cancellation).ConfigureAwait(false);
        if (PartOf(call).Task is { } task) TaskHandlers.Find(before, call.Clip, task);
        var decision = await call.Cluster.Clips.ApplyAsync(call.Clip, command, cancellation).ConfigureAwait(false);
        if (decision.Refusal is { } refusal) throw new Depth3DException(Words(refusal, before), WhereOf(call), $"run: depth3d clip show {call.Clip}", FailureKind.Refused);
        call.Cluster.Driver.Activate(call.Clip);
        var state = await call.StateAsync(cancellation).ConfigureAwait(false);
        return new Changed(WhereOf(call), LiveClips.StateOf(state), decision.Events.Count > 0 ? done : "it was so already");
    }

    private static string WhereOf(OperatorCall call) => PartOf(call) is { IsWhole: false } part ? $"{call.Clip} {part}" : call.Clip.Value;

    private static string Words(Refusal refusal, ClipState state) => refusal switch
    {
        Refusal.ClipPhase => $"a clip that is {LiveClips.StateOf(state)} does not allow it",
        Refusal.UnknownStage => $"the clip has no such stage; it has {string.Join(", ", state.Specs.Select(s => s.Name))}",
        Refusal.UnknownTask => "the clip has no such task",
        Refusal.AlreadyDone => "it is done already",
        Refusal.NothingToDo => "there is nothing of that kind to do",
        Refusal.InUse => "later work has used that it was eaten",
        Refusal.Unavailable => "the coordinator is changing; ask again",
        _ => $"refused: {StateNames.Of(refusal)}",
    };
}
