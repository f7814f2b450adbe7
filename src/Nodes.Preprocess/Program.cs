using Depth3D.Cluster.Hosting;
using Depth3D.Nodes.Preprocess;

return await RoleProgram.RunAsync(args, "preprocess", PreprocessRole.Recipes).ConfigureAwait(false);
