using System.Text.RegularExpressions;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>One thing a process of the cluster can be told, with its one name in three spellings.</summary>
/// <param name="Key">As in the file, a dot for a level of nesting: <c>broker.passwordFile</c>.</param>
/// <param name="Value">What stands for the value in help: <c>HOST[,HOST]</c>. Empty for a switch.</param>
/// <param name="Description">For help and docs.</param>
/// <param name="Secret">Never an argument, because everyone on the machine can read those.</param>
public sealed partial record NodeSetting(string Key, string Value, string Description, bool Secret = false)
{
    /// <summary><c>--broker-password-file</c>.</summary>
    public string Argument => "--" + Words('-').ToLowerInvariant();

    /// <summary><c>DEPTH3D_BROKER_PASSWORD_FILE</c>.</summary>
    public string Variable => "DEPTH3D_" + Words('_').ToUpperInvariant();

    public bool IsSwitch => Value.Length == 0;

    private string Words(char between) => Hump().Replace(Key, between + "$0").Replace('.', between);

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Hump();
}
