using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Workers;
using Depth3D.Seed;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cli.Running;

/// <summary>A process of the cluster with any roles: the seed first, so that the workers beside it find it.</summary>
internal static class ClusterNode
{
    public static Task<int> RunAsync(ClusterOptions options) => RoleProgram.RunAsync(options, Parts);

    private static IEnumerable<Func<CancellationToken, Task<ProcessPart>>> Parts(ClusterOptions options, ILoggerFactory logs)
    {
        var isSeed = options.Roles.Contains(SeedRole.Name, StringComparer.Ordinal);
        if (isSeed) yield return cancellation => SeedRole.StartAsync(options, AllStages.Recipes, logs, cancellation);
        var stages = AllStages.Of(options.Roles);
        if (stages.Any(r => r.Stages.Any()))
            yield return cancellation => WorkerPart.StartAsync(options, StageBook.Of(stages), listens: !isSeed, logs, cancellation);
    }
}
