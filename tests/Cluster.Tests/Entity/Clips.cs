using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>Clip states and commands for tests of the entity.</summary>
internal static class Clips
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    public static readonly TaskId First = new("a", 0);

    /// <summary>Stage a fans out, b is a chain behind it.</summary>
    public static IReadOnlyList<StageSpec> Graph =>
        [new("a", WorkerPool.PreprocessCpu, []), new("b", WorkerPool.Trainer, [new StageName("a")])];

    public static ClipCommand.Submit Submit => new(Now, "depth", Graph, "{}", "hash");

    public static ClipCommand.PlanStage PlanA => new(Now, "a", [new TaskPlan("a0"), new TaskPlan("a1")]);

    public static ClipCommand.Claim Claim(TaskId id, string worker = "w1", double atSeconds = 0) =>
        new(Now.AddSeconds(atSeconds), id, worker, Lease);

    public static ClipCommand.Complete Complete(TaskId id, long epoch) => new(Now, id, epoch, [new ArtifactFile($"{id.Stage}{id.TaskIndex}", 1, "00")]);

    public static ClipCommand.Fail Fail(TaskId id, long epoch, FailureKind kind) => new(Now, id, epoch, kind, "text", "tail", FailurePolicy.OneProcess);

    public static Actor Tester => new("tester", "why");

    public static ClipCommand.Cancel Cancel(ClipPart part = default) => new(Now, part, Tester);

    public static ClipCommand.Resume Resume => new(Now, Tester);

    public static ClipState After(params ClipCommand[] commands) => commands.Aggregate(ClipState.Empty, Apply);

    public static ClipState Apply(ClipState state, ClipCommand command)
    {
        var decision = ClipEntity.Decide(state, command);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, ClipEntity.Evolve);
    }

    public static ClipState In(ClipPhase phase) => phase switch
    {
        ClipPhase.None => ClipState.Empty,
        ClipPhase.Running => After(Submit, PlanA, Claim(First)),
        ClipPhase.Failed => After(Submit, PlanA, Claim(First), Claim(First with { TaskIndex = 1 }), Fail(First with { TaskIndex = 1 }, 1, FailureKind.BadInput)),
        ClipPhase.Cancelled => After(Submit, PlanA, Claim(First), Cancel()),
        ClipPhase.Completed => After(
            Submit with { Stages = [Graph[0]] }, new ClipCommand.PlanStage(Now, "a", [new TaskPlan("a0")]), Claim(First), Complete(First, 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    public static ClipState In(TaskPhase phase) => phase switch
    {
        TaskPhase.Waiting => After(Submit, PlanA, Claim(First), new ClipCommand.Release(Now, First, 1, "stopped")),
        TaskPhase.Running => After(Submit, PlanA, Claim(First)),
        TaskPhase.Done => After(Submit, PlanA, Claim(First), Complete(First, 1)),
        TaskPhase.Eaten => After(Submit, PlanA, Claim(First), new ClipCommand.Eat(Now, ClipPart.Of(First), Tester)),

        // A failed task fails its clip; a claim is looked at only in a running one, which the state here is made to be.
        TaskPhase.Failed => After(Submit, PlanA, Claim(First), Fail(First, 1, FailureKind.BadInput)) with { Phase = ClipPhase.Running },
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    /// <summary>All of a state that counts, in one text, so that two states can be compared.</summary>
    public static string Describe(ClipState state) => string.Join('\n', new[]
    {
        $"{state.Phase} {state.Recipe} {state.OptionsJson} {state.InputHash} {state.Failure?.Stage} {state.Failure?.Task} {state.Failure?.Text}",
        $"{state.Project} {state.Priority} {state.Weight} {state.Key} {state.By} {state.SubmittedAt} {state.IsPaused}",
        $"open {string.Join(' ', state.Ready)} running {string.Join(' ', state.RunningIds)} failed {string.Join(' ', state.FailedIds)}",
        $"plannable {string.Join(' ', state.Plannable)}",
    }.Concat(state.Specs.Select(s => $"{s.Name} {state.Stages[s.Name].TaskCount} {state.Stages[s.Name].DoneCount} {state.Stages[s.Name].Hold}"))
        .Concat(state.Tasks.OrderBy(t => t.Key.ToString(), StringComparer.Ordinal).Select(t =>
            $"{t.Key} {t.Value.Phase} e{t.Value.Epoch} {t.Value.Hold} rung {t.Value.Rung} above {t.Value.AboveMemory} {t.Value.Worker} {t.Value.Plan} "
            + $"failed {string.Join(';', t.Value.Failures)} {string.Join(",", t.Value.Files ?? [])}")));
}
