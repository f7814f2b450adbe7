using Depth3D.Cluster.Hosting.Settings;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Hosting;

/// <summary>What the executable of a single role does: read its settings, run until it is told to stop, and say in words what is wrong.</summary>
public static class RoleProgram
{
    /// <summary>Runs a worker role, or computes for one when the worker started this very program as its child.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="role">The role this executable plays.</param>
    /// <param name="stages">Its stages, by recipe.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments, string role, IEnumerable<(string Recipe, IEnumerable<IStage> Stages)> stages)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var book = StageBook.Of(stages);
        if (arguments is [ChildMain.Verb]) return ChildMain.RunAsync(book);
        return RunAsync(arguments, role, (options, logs) =>
            [cancellation => WorkerPart.StartAsync(options, book, listens: true, logs, cancellation)]);
    }

    /// <summary>Runs the parts that the settings call for.</summary>
    public static async Task<int> RunAsync(
        string[] arguments, string role, Func<ClusterOptions, Microsoft.Extensions.Logging.ILoggerFactory, IEnumerable<Func<CancellationToken, Task<ProcessPart>>>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (arguments is ["--help" or "-h"])
        {
            Console.WriteLine(SettingHelp.Write(role));
            return (int)ExitCode.Success;
        }

        try
        {
            return await RunAsync(NodeSettings.Read(arguments, role), parts).ConfigureAwait(false);
        }
        catch (Depth3DException e)
        {
            await Console.Error.WriteLineAsync($"{role}: {e.Message}").ConfigureAwait(false);
            return (int)e.ExitCode;
        }
    }

    /// <summary>Runs the parts under a signal's watch, with logs and telemetry.</summary>
    /// <exception cref="Depth3DException">A part cannot start.</exception>
    public static async Task<int> RunAsync(
        ClusterOptions options, Func<ClusterOptions, Microsoft.Extensions.Logging.ILoggerFactory, IEnumerable<Func<CancellationToken, Task<ProcessPart>>>> parts)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parts);
        using var signals = new ShutdownSignals();
        using var logs = NodeLogs.Create();
        using var telemetry = options.Roles.Contains("seed", StringComparer.Ordinal) ? null : Telemetry.Start(options.Otlp, // a seed starts its own
            "depth3d-" + string.Join('-', options.Roles), options.Node.Value);
        return await ClusterProcess.RunAsync(options, parts(options, logs), signals.Requested, logs).ConfigureAwait(false);
    }
}
