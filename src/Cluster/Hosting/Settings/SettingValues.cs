using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>The value of each setting and who said it: an argument, else the environment, else the file.</summary>
internal sealed class SettingValues(IReadOnlyDictionary<string, string> arguments, Func<string, string?> environment, SettingFile file)
{
    /// <returns>The value and the place to name in an error; null when nobody said it.</returns>
    public SettingValue? this[NodeSetting setting]
    {
        get
        {
            if (arguments.TryGetValue(setting.Key, out var argument))
                return setting.Secret ? throw SecretArgument(setting) : new SettingValue(argument, setting.Argument);
            if (environment(setting.Variable) is { Length: > 0 } variable) return new SettingValue(variable, setting.Variable);
            return file.Values.TryGetValue(setting.Key, out var text) ? new SettingValue(text, $"{file.Path}: {setting.Key}") : null;
        }
    }

    public static Depth3DException SecretArgument(NodeSetting setting) => new(
        "cannot be an argument, because every user of this machine can read those", setting.Argument,
        $"set {setting.Variable} or use {setting.Argument}-file", FailureKind.Usage);
}
