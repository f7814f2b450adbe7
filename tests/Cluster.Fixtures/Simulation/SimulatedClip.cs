using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>A clip to submit: its recipe has a fan-out, a chain behind it and another fan-out.</summary>
internal sealed class SimulatedClip(int index, SimulationPlan plan, bool isUrgent)
{
    private static readonly IReadOnlyList<StageSpec> Graph =
    [
        new("frames", WorkerPool.PreprocessCpu, []), new("train", WorkerPool.Trainer, [new StageName("frames")]),
        new("render", WorkerPool.Render, [new StageName("train")]),
    ];

    public ClipId Id { get; } = new(string.Create(CultureInfo.InvariantCulture, $"clip-{index:00000}"));

    public int Index => index;

    /// <summary>Urgent clips belong to nobody's share that is compared.</summary>
    public int Project => isUrgent ? -1 : index % plan.ProjectWeights.Count;

    public bool IsUrgent => isUrgent;

    public static string NameOf(int project) => $"project-{project}";

    public ClipCommand.Submit Submit(DateTimeOffset now) =>
        new(now, "depth", Graph, "{}", "hash", isUrgent ? "urgent" : NameOf(Project), isUrgent ? 10 : 0);

    public ClipCommand.PlanStage Plan(DateTimeOffset now, StageName stage) => new(now, stage, Enumerable.Range(0, CountOf(stage.Value))
        .Select(i => new TaskPlan("", AfterPrevious: stage.Value == "train", Needs: NeedsOf(stage.Value))).ToArray());

    /// <summary>Every task of a clip has its own length, by clip, task and seed.</summary>
    public TimeSpan DurationOf(TaskId task)
    {
        var mixed = unchecked((uint)(index * 7919 + task.TaskIndex * 104729 + task.Stage.Value.Length * 31 + plan.Seed * 65537) * 2654435761u);
        return plan.ShortestTask + (plan.LongestTask - plan.ShortestTask) * (mixed / (double)uint.MaxValue);
    }

    private int CountOf(string stage)
    {
        var (frames, train) = (plan.TasksPerClip * 2 / 5, plan.TasksPerClip / 10);
        return stage == "frames" ? frames : stage == "train" ? train : plan.TasksPerClip - frames - train;
    }

    private static ResourceRequest NeedsOf(string stage) => stage == "train"
        ? new ResourceRequest(2, 1, 8L << 30, 4L << 30)
        : new ResourceRequest(stage == "frames" ? 4 : 2, 0, 0, 2L << 30);
}
