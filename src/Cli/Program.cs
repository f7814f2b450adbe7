using Depth3D.Cli;
using Depth3D.Cli.Running;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;

return args is [ChildMain.Verb]
    ? await ChildMain.RunAsync(StageBook.Of(AllStages.Recipes)).ConfigureAwait(false)
    : await CommandLine.InvokeAsync(args).ConfigureAwait(false);
