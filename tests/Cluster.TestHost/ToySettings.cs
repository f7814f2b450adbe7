using System.Globalization;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.TestHost;

/// <summary>What tests tell a process of the toy cluster by its environment, beside what every node is told. Times are in seconds.</summary>
public static class ToySettings
{
    /// <summary>Workers: how long each task takes, in milliseconds.</summary>
    public const string Delay = "TOY_DELAY";

    /// <summary>Workers: the only task that takes so long, as in <c>left/000</c>; the others take no time.</summary>
    public const string DelayAt = "TOY_DELAY_AT";

    /// <summary>Workers: SIGKILL at the first attempt that reaches this point of the task named in it, as in <c>Published learn/001</c>.</summary>
    public const string KillAt = "TOY_KILL_AT";

    /// <summary>Workers: the same with SIGSTOP.</summary>
    public const string FreezeAt = "TOY_FREEZE_AT";

    /// <summary>Workers: longest wait for an answer.</summary>
    public const string Request = "TOY_REQUEST";

    /// <summary>Workers: silence after which a task in a child process counts as hanging.</summary>
    public const string Silence = "TOY_SILENCE";

    /// <summary>Workers: between two looks whether what paused the node is over.</summary>
    public const string Trouble = "TOY_TROUBLE";

    /// <summary>Seeds: length of every lease.</summary>
    public const string Lease = "TOY_LEASE";

    /// <summary>Seeds: how long nobody is declared lost after becoming active or getting the broker back.</summary>
    public const string Grace = "TOY_GRACE";

    /// <summary>Seeds: events between two snapshots.</summary>
    public const string SnapshotEvery = "TOY_SNAPSHOT_EVERY";

    /// <summary>Seeds: what happens to reports on their way, see <see cref="UnsteadyTransport"/>.</summary>
    public const string Reports = "TOY_REPORTS";

    /// <summary>Lets a worker compute in child processes, as real nodes do.</summary>
    public static (string Name, string Value) InChildren => ("DEPTH3D_IN_PROCESS", "false");

    public static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;

    internal static CoordinatorTimings Of(CoordinatorTimings timings) => timings with
    {
        Lease = Seconds(Lease) ?? timings.Lease,
        TrainerLease = Seconds(Lease) ?? timings.TrainerLease,
        SnapshotEvery = Number(SnapshotEvery) ?? timings.SnapshotEvery,
    };

    internal static NodeTimings Of(NodeTimings timings) => timings with { Grace = Seconds(Grace) ?? timings.Grace };

    internal static WorkerTimings Of(WorkerTimings timings) => timings with
    {
        Request = Seconds(Request) ?? timings.Request,
        Silence = Seconds(Silence) ?? timings.Silence,
        Trouble = Seconds(Trouble) ?? timings.Trouble,
    };

    internal static int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether this process was told that something happens here.</summary>
    internal static bool IsAt(string name, AttemptPoint point, TaskId task) => Text(name) == $"{point} {task}";

    private static TimeSpan? Seconds(string name) =>
        Text(name) is { } text ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)) : null;
}
