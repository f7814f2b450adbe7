using Depth3D.Cluster.Hosting;
using Depth3D.Nodes.Trainer;
using Depth3D.Pipeline;

return await RoleProgram.RunAsync(args, "trainer", [(RecipeNames.Depth, TrainerRole.Stages)]).ConfigureAwait(false);
