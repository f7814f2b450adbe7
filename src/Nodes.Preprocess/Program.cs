using Depth3D.Cluster.Hosting;
using Depth3D.Nodes.Preprocess;
using Depth3D.Pipeline;

return await RoleProgram.RunAsync(args, "preprocess", [(RecipeNames.Depth, PreprocessRole.Stages)]).ConfigureAwait(false);
