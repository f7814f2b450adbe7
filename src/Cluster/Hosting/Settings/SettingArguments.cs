using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c> and switches, for executables that have nothing else on their command line.</summary>
internal static class SettingArguments
{
    /// <returns>Values by key; a repeated one joined with commas.</returns>
    public static Dictionary<string, string> Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arguments[i] : arguments[i][..equals];
            var setting = NodeSettings.All.FirstOrDefault(s => s.Argument == name);
            var key = name == NodeSettings.FileArgument ? name : KeyOf(setting, name);
            var value = equals >= 0 ? arguments[i][(equals + 1)..]
                : setting is { IsSwitch: true } ? "true"
                : ++i < arguments.Length ? arguments[i]
                : throw new Depth3DException("needs a value", name, kind: FailureKind.Usage);
            values[key] = values.TryGetValue(key, out var before) ? $"{before},{value}" : value;
        }

        return values;
    }

    private static string KeyOf(NodeSetting? setting, string name)
    {
        if (setting is null)
        {
            throw new Depth3DException($"'{name}' is not known; expected {string.Join(", ", NodeSettings.All.Where(s => !s.Secret).Select(s => s.Argument))}",
                kind: FailureKind.Usage);
        }

        return setting.Secret ? throw SettingValues.SecretArgument(setting) : setting.Key;
    }
}
