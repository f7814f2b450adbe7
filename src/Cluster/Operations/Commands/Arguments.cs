namespace Depth3D.Cluster.Operations.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Arguments
{
    public static readonly CommandArgument Clip = CommandArgument.Of("clip", ArgumentKind.Clip, "Name of the clip.");
    public static readonly CommandArgument MaybeClip = CommandArgument.Maybe("clip", ArgumentKind.Clip, "Only this clip.");
    public static readonly CommandArgument Node = CommandArgument.Of("node", ArgumentKind.Node, "Name of the node.");
    public static readonly CommandArgument Task = CommandArgument.Of("task", ArgumentKind.Task, "The task, as in flow/003.");
    public static readonly CommandArgument Queue = CommandArgument.Of("queue", ArgumentKind.Text, "Name of the queue.");
    public static readonly CommandArgument StageOption = new("stage", ArgumentKind.Stage, "Only this stage.");
    public static readonly CommandArgument TaskOption = new("task", ArgumentKind.Task, "Only this task, as in flow/003.");
    public static readonly CommandArgument Project = new("project", ArgumentKind.Text, "Only clips of this project.");

    public static CommandArgument Follow(bool byDefault = false) => new("follow", ArgumentKind.Flag, "Go on with what comes until interrupted.")
    {
        Short = 'f',
        Default = byDefault ? "true" : null,
    };

    public static CommandArgument Lines(int count) => new("lines", ArgumentKind.Integer, "How many of the last lines to begin with.") { Default = $"{count}" };
}
