using Depth3D.Cluster.Hosting;
using Depth3D.Pipeline;
using Depth3D.Seed;

return await RoleProgram.RunAsync(args, SeedRole.Name, (options, logs) => [stop => SeedRole.StartAsync(options, RecipeGraphs.All, logs, stop)]).ConfigureAwait(false);
