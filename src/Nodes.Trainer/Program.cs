using Depth3D.Cluster.Hosting;
using Depth3D.Nodes.Trainer;

return await RoleProgram.RunAsync(args, "trainer", TrainerRole.Recipes).ConfigureAwait(false);
