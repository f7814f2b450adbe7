using System.CommandLine;
using Depth3D.Cli.Commands;
using Depth3D.Cli.Running;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Remote;

/// <summary>All that concerns a cluster: the operators' table, with the commands that have a part on this machine put in their places.</summary>
internal static class ClusterCommandSet
{
    private static readonly Dictionary<string, Func<CommandDefinition, Command>> Own = new(StringComparer.Ordinal)
    {
        ["clip submit"] = ClipSubmitCommand.Submit,
        ["clip check"] = ClipSubmitCommand.Check,
        ["clip export"] = ClipExportCommand.Build,
    };

    public static IEnumerable<Command> Build()
    {
        foreach (var noun in TableCommands.Build(Own))
        {
            if (noun.Name == "node") noun.Subcommands.Add(NodeStartCommand.Build(ClusterNode.RunAsync));
            yield return noun;
        }
    }
}
