using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Commands;

/// <summary><c>task ...</c></summary>
internal static class TaskCommands
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("task", "list", "Tasks of a clip.",
            OperatorRight.Viewer, typeof(IReadOnlyList<TaskRow>), [Arguments.Clip, Arguments.StageOption, new("state", ArgumentKind.Text, "Only tasks in this state.") { Choices = ["waiting", "running", "done", "failed", "eaten", "cancelled", "paused"] }]),
        new("task", "show", "Everything about one task: needs, attempts, files, last log lines.",
            OperatorRight.Viewer, typeof(TaskView), [Arguments.Clip, Arguments.Task]),
    ];
}
