using System.CommandLine;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Hosting.Settings;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d node start</c>: one process of the cluster, with the roles it is told to play.</summary>
internal static class NodeStartCommand
{
    public const string Verb = "start";

    public static Command Build(Func<ClusterOptions, Task<int>> run)
    {
        var command = new Command(Verb, "Start a process of the cluster and run it until it is told to stop: arguments beat the environment, that beats the file.");
        var file = new Option<string?>(NodeSettings.FileArgument) { Description = $"JSON file of settings. Default: {NodeSettings.FileVariable}." };
        var values = NodeSettings.All.Where(s => !s.IsSwitch && !s.Secret).ToDictionary(s => s, OptionOf);
        var switches = NodeSettings.All.Where(s => s.IsSwitch).ToDictionary(s => s, s => new Option<bool?>(s.Argument) { Description = s.Description });
        command.Options.Add(file);
        foreach (var option in values.Values) command.Options.Add(option);
        foreach (var option in switches.Values) command.Options.Add(option);
        command.SetAction((parsed, _) =>
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal);
            if (parsed.GetValue(file) is { } path) given[NodeSettings.FileArgument] = path;
            foreach (var (setting, option) in values)
                if (parsed.GetValue(option) is { Length: > 0 } texts) given[setting.Key] = string.Join(',', texts);
            foreach (var (setting, option) in switches)
                if (parsed.GetValue(option) is { } on) given[setting.Key] = on ? "true" : "false";
            return run(NodeSettings.Read(given, Environment.GetEnvironmentVariable));
        });
        return command;
    }

    private static Option<string[]?> OptionOf(NodeSetting setting) =>
        new(setting.Argument) { Description = $"{setting.Description} [{setting.Variable}]", HelpName = setting.Value };
}
