using System.Text;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>The help text of a role's own executable.</summary>
internal static class SettingHelp
{
    public static string Write(string role)
    {
        var text = new StringBuilder($"Runs the role {role} of a cluster until it is told to stop.\nEach setting: argument, variable, key in the file of {NodeSettings.FileArgument}.\n");
        foreach (var setting in NodeSettings.All.Where(s => s.Key != "role"))
        {
            var argument = setting.Secret ? "" : $"{setting.Argument} {setting.Value}".TrimEnd() + ", ";
            text.Append($"\n  {argument}{setting.Variable}, {setting.Key}\n      {setting.Description}");
        }

        return text.ToString();
    }
}
