using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>One value as it was written, and where, so that an error names the place to mend.</summary>
internal sealed record SettingValue(string Text, string Where)
{
    public IReadOnlyList<string> List => Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public int Number(int least, int most) =>
        int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"a number from {least} to {most}");

    public bool Switch => Text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>Absolute path; a relative one depends on where the process was started.</summary>
    public string FullPath => Text.Contains('\0', StringComparison.Ordinal) || Text.Length == 0 ? throw Wrong("a path") : Path.GetFullPath(Text);

    public string ExistingFile => File.Exists(FullPath) ? FullPath : throw new Depth3DException("there is no such file", $"{Where} {Text}", kind: FailureKind.Usage);

    /// <summary>An http or https address with a port of its own and no path.</summary>
    public string Url => Uri.TryCreate(Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/" && uri.Query.Length == 0
        ? Text.TrimEnd('/')
        : throw Wrong("an address such as http://127.0.0.1:7070");

    public Depth3DException Wrong(string expected) => new($"'{Text}' is not {expected}", Where, kind: FailureKind.Usage);
}
