using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>One of every message that goes over the bus, with every field set to something that is not its default.</summary>
internal static class SampleMessages
{
    private static readonly ClipId Clip = new("shot-010");
    private static readonly TaskId Task = new("flow", 7);
    private static readonly NodeId Node = new("render-3");
    private static readonly DateTimeOffset At = new(2030, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly ArtifactFile File = new("flow_0007.npz", 1234, new string('a', 64));
    private static readonly ArtifactManifest Manifest = new(Clip, Task, 3, [File]);
    private static readonly InputProtocol.StageInputs Stage = new("frames", "r1");
    private static readonly TaskPlan Plan = new("frames 28-31", 28, 4, true, new ResourceRequest(2, 1, 3, 4));
    private static readonly NodeCapacity Capacity = new(
        ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.Trainer, 1), 8, 64, [new GpuInfo("GPU-1", "device", 24)]);

    public static IReadOnlyList<object> All { get; } =
    [
        new TaskProtocol.Run(Clip, Task, WorkerPool.Trainer, [new(Clip, Task)]),
        new TaskProtocol.Claim(Clip, Task, "render-3"),
        new TaskProtocol.ClaimAnswer(new(3, 30, "depth", Plan, "{}", [Manifest], 2, [Stage]), Refusal.Leased),
        new TaskProtocol.Renew(Clip, Task, 3),
        new TaskProtocol.Done(Clip, Task, 3, [File], new("render-3", [Task]), 0.2, [new(Clip, Task, 4, [])]),
        new TaskProtocol.Failed(Clip, Task, 3, FailureKind.OutOfMemory, "text", "tail", 5, true),
        new TaskProtocol.Released(Clip, Task, 3, "its node drains"),
        new TaskProtocol.Answer(Refusal.Superseded, [new(null, Refusal.Leased)], [new(Refusal.UnknownTask)]),
        new TaskProtocol.Progress(Clip, Task, 3, 0.5, "half way"),
        new PlanProtocol.Plan(Clip, "flow", "depth", "{}", [Manifest], [Stage]),
        new PlanProtocol.Planned(Clip, "flow", [Plan]),
        new PlanProtocol.Failed(Clip, "flow", FailureKind.BadInput, "text"),
        new InputProtocol.Ask(Clip, "frames", 4),
        new InputProtocol.Page([Manifest], 9, Refusal.UnknownStage),
        new WorkerProtocol.Stop(Clip, Task, 3, "the clip is cancelled"),
        new SeedProtocol.Tick("seed-1", At, "session", 17),
        new NodeProtocol.Heartbeat(Node, "session", 12, "0.1.0", ["render"], Capacity, NodeCondition.Draining,
            [new HeldTask(Clip, Task, 3, true)], new NodeUsage(0.5, 6, 7, [8]), "host"),
        new NodeProtocol.Left(Node, "session"),
        new NodeProtocol.Control(Node, NodeOrder.Leave, "ann", "smoke"),
        new OperatorProtocol.Request("clip pause", new Dictionary<string, string> { ["clip"] = "shot-010" }, "ann", "reason", OperatorRight.Operator),
        new OperatorProtocol.Reply(ExitCode.Usage, "{}", "error", "where", "remedy"),
        new FeedProtocol.Item("seed-1", At, "task-done", Clip, Task, Node, "{}"),
        new FeedProtocol.Items("seed-1", [new("seed-1", At, "task-done", Clip, Task, Node, "{}")]),
    ];

    public static string NameOf(Type message) => $"{message.DeclaringType!.Name}.{message.Name}";
}
