using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Hosting.Settings;
using Depth3D.Cluster.Observability;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Seed;
using Microsoft.Extensions.Logging;

try
{
    var options = NodeSettings.Read(args, SeedRole.Name);
    using var logs = LoggerFactory.Create(logging => logging.AddJsonLogs());
    using var signals = new ShutdownSignals();
    return await ClusterProcess.RunAsync(options, [stop => SeedRole.StartAsync(options, [DepthGraph.Recipe], logs, stop)], signals.Requested, logs);
}
catch (Depth3DException e)
{
    Console.Error.WriteLine(e.Message);
    return (int)e.ExitCode;
}
