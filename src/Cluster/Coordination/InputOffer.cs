using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>What a task may read, cut into what fits a message and what a worker must ask for (<see cref="InputProtocol"/>).</summary>
/// <param name="Inline">Manifests to send along.</param>
/// <param name="Elsewhere">Stages to ask for; null when everything fits.</param>
internal sealed record InputOffer(IReadOnlyList<ArtifactManifest> Inline, IReadOnlyList<InputProtocol.StageInputs>? Elsewhere)
{
    /// <summary>Files per message. A file takes about 130 bytes in JSON, so this keeps far below the limit of 1 MiB.</summary>
    public const int MaxFiles = 2000;

    /// <summary>For planning a stage.</summary>
    public static InputOffer Of(ClipState state, ClipId clip, StageName stage)
    {
        var before = state.Ancestors(stage);
        var inline = new List<ArtifactManifest>();
        var elsewhere = new List<InputProtocol.StageInputs>();
        var left = MaxFiles;
        foreach (var spec in state.Specs.Where(s => before.Contains(s.Name)))
        {
            var input = state.Stages[spec.Name];
            if (input.Weight > left)
            {
                elsewhere.Add(new(spec.Name, Revision(state, input)));
                continue;
            }

            left -= input.Weight;
            inline.AddRange(state.Accepted(clip, spec.Name));
        }

        return new(inline, elsewhere.Count > 0 ? elsewhere : null);
    }

    /// <summary>For running a task: also the links of its chain before it.</summary>
    public static InputOffer Of(ClipState state, ClipId clip, TaskId task)
    {
        var offer = Of(state, clip, task.Stage);
        return offer with { Inline = [.. offer.Inline, .. state.ManifestsOf(clip, state.LinksBefore(task))] };
    }

    /// <summary>Manifests of a stage from a task on, as many as fit a message, but at least one.</summary>
    public static InputProtocol.Page PageOf(ClipState state, ClipId clip, StageName stage, int fromTask)
    {
        if (!state.Stages.TryGetValue(stage, out var found)) return new([], null, Refusal.UnknownStage);
        var page = new List<ArtifactManifest>();
        var left = MaxFiles;
        for (var index = Math.Max(fromTask, 0); index < (found.TaskCount ?? 0); index++)
        {
            var id = new TaskId(stage, index);
            if (state.Tasks[id] is not { Phase: TaskPhase.Done } task) continue;
            if (page.Count > 0 && task.Files!.Count + 1 > left) return new(page, index);
            left -= task.Files!.Count + 1;
            page.Add(new(clip, id, task.Epoch, task.Files));
        }

        return new(page, null);
    }

    /// <summary>Accepted manifests only ever come to a stage, so their number tells its states apart; the submission tells clips of one name apart.</summary>
    private static string Revision(ClipState state, StageState stage) => $"{state.SubmittedAt?.UtcTicks}-{stage.AcceptedCount}";
}
