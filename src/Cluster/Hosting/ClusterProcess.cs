using System.Reflection;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// The life of a process of the cluster: its roles start in order, run until a signal or one of them says so, and stop the other way
/// round, each finishing what it holds. A role that cannot start stops those before it.
/// </summary>
public static partial class ClusterProcess
{
    /// <param name="options">Who it is.</param>
    /// <param name="starts">Starts each role; a seed before workers, so that they find it.</param>
    /// <param name="stop">Asks the process to end.</param>
    /// <param name="logs">Where it speaks.</param>
    /// <returns>The exit code: 0 after an orderly stop.</returns>
    public static async Task<int> RunAsync(
        ClusterOptions options, IEnumerable<Func<CancellationToken, Task<ProcessPart>>> starts, CancellationToken stop, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(starts);
        var log = logs.CreateLogger(typeof(ClusterProcess));
        var running = new Stack<ProcessPart>();
        try
        {
            foreach (var start in starts) running.Push(await start(stop).ConfigureAwait(false));
            LogStarted(log, options.Node, string.Join(',', options.Roles), Version, options.Broker.ToString(), options.StoreRoot);
            var reason = await UntilOverAsync(running, stop).ConfigureAwait(false);
            LogStopping(log, options.Node, reason);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopping(log, options.Node, "a signal while it started");
        }
        finally
        {
            while (running.TryPop(out var part)) await part.Host.DisposeAsync().ConfigureAwait(false);
        }

        LogStopped(log, options.Node);
        return (int)ExitCode.Success;
    }

    /// <summary>Version of the program as nodes tell it to the seed.</summary>
    public static string Version { get; } =
        typeof(ClusterProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    private static async Task<string> UntilOverAsync(IEnumerable<ProcessPart> parts, CancellationToken stop)
    {
        var signal = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.UnsafeRegister(static state => ((TaskCompletionSource<string>)state!).TrySetResult("a signal"), signal);
        var first = await Task.WhenAny([signal.Task, .. parts.Select(p => p.Over)]).ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }
}
