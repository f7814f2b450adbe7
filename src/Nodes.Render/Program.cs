using Depth3D.Cluster.Hosting;
using Depth3D.Nodes.Render;

return await RoleProgram.RunAsync(args, "render", RenderRole.Recipes).ConfigureAwait(false);
