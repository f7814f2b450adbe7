using Depth3D.Cluster.Hosting;
using Depth3D.Pipeline;
using Depth3D.Seed;

return await RoleProgram.RunAsync(args, SeedRole.Name, (options, logs) => [stop => SeedRole.StartAsync(options, [DepthGraph.Recipe], logs, stop)]).ConfigureAwait(false);
