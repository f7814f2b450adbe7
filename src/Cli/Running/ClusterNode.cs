using Depth3D.Cluster;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Workers;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cli.Running;

/// <summary>A process of the cluster with any roles: the seed first, so that the workers beside it find it.</summary>
internal static class ClusterNode
{
    public static Task<int> RunAsync(ClusterOptions options) => RoleProgram.RunAsync(options, Parts);

    private static IEnumerable<Func<CancellationToken, Task<ProcessPart>>> Parts(ClusterOptions options, ILoggerFactory logs)
    {
        var stages = AllStages.Of(options.Roles).ToList();
        if (stages.Count > 0)
            yield return cancellation => WorkerPart.StartAsync(options, StageBook.Of(RecipeNames.Depth, stages), true, logs, cancellation);
    }
}
