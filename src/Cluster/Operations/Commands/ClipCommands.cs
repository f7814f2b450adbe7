using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>clip ...</c></summary>
internal static class ClipCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("clip", "submit", "Start a clip, or go on with it.",
            OperatorRight.Operator, typeof(SubmitView), [Arguments.Clip, new("options", ArgumentKind.Json, "Options of the recipe.") { IsRequired = true }, new("recipe", ArgumentKind.Text, "What to make.") { Default = RecipeNames.Depth }, new("project", ArgumentKind.Text, "Whom the clip belongs to; projects share the cluster by weight.") { Default = "default" }, new("priority", ArgumentKind.Integer, "Higher goes first, strictly.") { Default = "0" }, new("weight", ArgumentKind.Integer, "Share among clips of one project and priority; 1 or more.") { Default = "1" }, new("key", ArgumentKind.Text, "Makes repeating safe: the same key always means the same clip.")])
        {
            HasClientPart = true,
            Details = "The same clip with the same options and inputs resumes. Inputs are hashed and uploaded first, once per content.",
        },
        new("clip", "check", "What submitting would lead to, without doing it.",
            OperatorRight.Viewer, typeof(CheckView), [Arguments.Clip, new("options", ArgumentKind.Json, "Options of the recipe.") { IsRequired = true }, new("recipe", ArgumentKind.Text, "What to make.") { Default = RecipeNames.Depth }, new("key", ArgumentKind.Text, "The key it would be submitted with.")])
        {
            HasClientPart = true,
        },
        new("clip", "list", "Clips, newest first.",
            OperatorRight.Viewer, typeof(IReadOnlyList<ClipRow>), [Arguments.Project, new("state", ArgumentKind.Text, "Only clips in this state.") { Choices = ["running", "paused", "completed", "failed", "cancelled"] }, new("limit", ArgumentKind.Integer, "At most this many.") { Default = "200" }]),
        new("clip", "show", "Everything about one clip: stages, progress, failure.",
            OperatorRight.Viewer, typeof(ClipView), [Arguments.Clip]),
        new("clip", "tree", "The clip as a tree: stages, tasks, the node and epoch of each.",
            OperatorRight.Viewer, typeof(IReadOnlyList<TreeRow>), [Arguments.Clip, Arguments.StageOption]),
        new("clip", "pause", "Start nothing more of a clip, stage or task; what runs goes on.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption]),
        new("clip", "resume", "Take back a pause, or go on with a failed or cancelled clip.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption]),
        new("clip", "priority", "Change priority or weight of a clip.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, CommandArgument.Of("priority", ArgumentKind.Integer, "Higher goes first, strictly."), new("weight", ArgumentKind.Integer, "Share among clips of one project and priority; 1 or more.")]),
        new("clip", "retry", "Try failed tasks again, with their attempts counted anew.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption]),
        new("clip", "eat", "Treat tasks as done without a result, so that the clip moves on.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption])
        {
            IsDestructive = true,
            Details = "For a task that cannot succeed and whose result nobody misses. Later stages see no files of it.",
        },
        new("clip", "cancel", "Stop a clip, stage or task; what was accepted stays.",
            OperatorRight.Operator, typeof(Changed), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption])
        {
            IsDestructive = true,
        },
        new("clip", "logs", "Log of the clip's tasks.",
            OperatorRight.Viewer, typeof(IReadOnlyList<LogLine>), [Arguments.Clip, Arguments.StageOption, Arguments.TaskOption, Arguments.Lines(100), Arguments.Follow()])
        {
            Place = CommandPlace.AnySeed,
        },
        new("clip", "cost", "Core and GPU time of a clip per stage, with what was lost to failures.",
            OperatorRight.Viewer, typeof(CostView), [Arguments.Clip, new("core-rate", ArgumentKind.Number, "Price of a core hour.") { Default = "0" }, new("gpu-rate", ArgumentKind.Number, "Price of a GPU hour.") { Default = "0" }])
        {
            Place = CommandPlace.AnySeed,
        },
        new("clip", "explain", "Why a clip or task is not running.",
            OperatorRight.Viewer, typeof(IReadOnlyList<ExplainRow>), [Arguments.Clip, Arguments.TaskOption]),
        new("clip", "export", "Accepted files of a clip, fetched into a folder.",
            OperatorRight.Viewer, typeof(ExportView), [Arguments.Clip, Arguments.StageOption])
        {
            Place = CommandPlace.AnySeed,
            HasClientPart = true,
        },
    ];
}
