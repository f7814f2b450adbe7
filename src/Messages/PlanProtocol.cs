namespace Depth3D.Messages;

/// <summary>
/// How a stage's tasks come about. Planning is repeatable, so it needs no claim: the first plan that arrives counts, a second is
/// refused. Guarantee: at least once, in any order.
/// </summary>
public static class PlanProtocol
{
    /// <summary>Coordinator to a node that serves the stage's pool: split this stage into tasks.</summary>
    public sealed record Plan(
        ClipId Clip, StageName Stage, string Recipe, string OptionsJson, IReadOnlyList<ArtifactManifest> Inputs,
        IReadOnlyList<InputProtocol.StageInputs>? Elsewhere = null);

    /// <summary>Worker to coordinator: the stage's tasks, by index.</summary>
    public sealed record Planned(ClipId Clip, StageName Stage, IReadOnlyList<TaskPlan> Tasks);

    /// <summary>Worker to coordinator: the stage cannot be planned; the clip fails.</summary>
    public sealed record Failed(ClipId Clip, StageName Stage, FailureKind Kind, string Text);
}
