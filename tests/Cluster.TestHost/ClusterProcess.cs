using System.Diagnostics;
using System.Runtime.InteropServices;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Hosting.Settings;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.TestHost;

/// <summary>
/// A seed or a worker of the toy recipe as a process, told by the environment like a real one. Says <c>started</c>; a seed says <c>active</c>
/// and <c>standby</c>, a worker <c>computed TASK</c>. Ends in order on SIGTERM.
/// </summary>
internal static class ClusterProcess
{
    private static readonly ToyFaults Faults = ToyFaults.Of(ToySettings.Text(ToyFaults.Variable));

    public static async Task<int> RunAsync(string role)
    {
        using var end = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            end.Cancel();
        });
        try
        {
            var options = NodeSettings.Read(new Dictionary<string, string>(), Environment.GetEnvironmentVariable);
            await (role == "seed" ? SeedAsync(options, end.Token) : WorkerAsync(options, end.Token));
            Console.WriteLine("ended");
            return 0;
        }
        catch (Depth3DException e)
        {
            Console.WriteLine($"error {e.Message}");
            return (int)e.ExitCode;
        }
    }

    private static async Task SeedAsync(ClusterOptions options, CancellationToken end)
    {
        IClusterTransport transport = new RabbitMqTransport(options.Broker, options.Node.Value);
        var setup = new SeedSetup
        {
            Options = options,
            Recipes = [new Recipe(RecipeNames.Depth, ToyRecipe.Stages())],
            Operators = new ToyOperators(),
            Transport = ToySettings.Text(ToySettings.Reports) is { } mode ? new UnsteadyTransport(transport, mode) : transport,
            Journal = await PostgresJournal.OpenAsync(options.Journal!, CancellationToken.None),
            Logs = Logs(options.Node),
            Time = JumpingClock.OfEnvironment(),
        };
        setup = setup with { Timings = ToySettings.Of(setup.Timings), Nodes = ToySettings.Of(setup.Nodes) };
        await using var seed = await SeedHost.StartAsync(setup, CancellationToken.None);
        Console.WriteLine("started");
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var wasActive = false;
        while (!end.IsCancellationRequested)
        {
            var isActive = seed.Health.IsActive;
            if (isActive != wasActive) Console.WriteLine(isActive ? "active" : "standby");
            wasActive = isActive;
            await turns.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task WorkerAsync(ClusterOptions options, CancellationToken end)
    {
        var setup = new WorkerSetup
        {
            Options = options,
            Stages = StageBook.Of([new Recipe(RecipeNames.Depth, ToyRecipe.Stages(HookAsync))]),
            Transport = new RabbitMqTransport(options.Broker, options.Node.Value),
            Logs = Logs(options.Node),
            Time = JumpingClock.OfEnvironment(),
            Visibility = StaleFiles.Visibility(),
            Child = ToyFaults.Child(ToySettings.Text(ToyFaults.Variable)),
            Probe = Probe,
        };
        setup = setup with { Timings = ToySettings.Of(setup.Timings) };
        await using var worker = await WorkerHost.StartAsync(setup, CancellationToken.None);
        Console.WriteLine("started");
        await Task.WhenAny(worker.Ended, Task.Delay(Timeout.Infinite, end));
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Console.WriteLine($"drained {await worker.DrainAsync(grace.Token)}");
    }

    private static void Probe(AttemptPoint point, TaskId task)
    {
        if (point == AttemptPoint.Claimed) Console.WriteLine($"claimed {task}");
        if (point == AttemptPoint.Published) Console.WriteLine($"published {task}");
        if (point == AttemptPoint.Computed) Console.WriteLine($"computed {task}");
        if (ToySettings.IsAt(ToySettings.KillAt, point, task)) Process.GetCurrentProcess().Kill();
        if (ToySettings.IsAt(ToySettings.FreezeAt, point, task)) Freeze(task);
    }

    private static void Freeze(TaskId task)
    {
        Console.WriteLine($"freezing {task}");
        using var stop = Process.Start("kill", ["-STOP", $"{Environment.ProcessId}"]);
        stop.WaitForExit();
        Console.WriteLine($"awake {task}");
    }

    private static async Task HookAsync(StageContext context, CancellationToken cancellation)
    {
        var isSlow = (ToySettings.Text(ToySettings.DelayAt) ?? $"{context.Id}") == $"{context.Id}";
        if (isSlow && ToySettings.Number(ToySettings.Delay) is { } delay) await Task.Delay(delay, cancellation);
        await Faults.HookAsync(context, cancellation);
    }

    private static ILoggerFactory Logs(NodeId node) => Environment.GetEnvironmentVariable("DEPTH3D_TEST_LOG") is { Length: > 0 } folder
        ? new FileLogs(Path.Combine(folder, $"{node}.log"))
        : NullLoggerFactory.Instance;
}
