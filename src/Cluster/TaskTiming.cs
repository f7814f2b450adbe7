using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>When an attempt of a task ran, from the journal.</summary>
/// <param name="Outcome"><c>done</c>, <c>failed</c>, <c>released</c> or <c>running</c>.</param>
public sealed record TaskTiming(TaskId Task, string Label, long Epoch, string Worker, DateTimeOffset Started, DateTimeOffset? Ended, string Outcome)
{
    public TimeSpan? Elapsed => Ended - Started;
}
