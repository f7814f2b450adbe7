using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>Plans between the form stages use and the form messages carry.</summary>
internal static class PlanCodec
{
    /// <param name="task">As its stage planned it.</param>
    /// <param name="usual">What it needs where its stage says nothing.</param>
    public static TaskPlan Write(PlannedTask task, ResourceRequest? usual = null) =>
        new(task.Label, task.Frames?.First, task.Frames?.Count, task.AfterPrevious, task.Needs ?? usual);

    public static PlannedTask Read(TaskPlan plan) => new(plan.Label,
        plan is { FirstFrame: { } first, FrameCount: { } count } ? new FrameRange(first, count) : null, plan.AfterPrevious, plan.Needs);
}
