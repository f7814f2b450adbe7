using System.Text;
using System.Text.RegularExpressions;

namespace Depth3D.Cluster.Workers;

/// <summary>Makes a line fit for a log that others read: secrets are masked, and nothing in it steers a terminal.</summary>
/// <param name="known">Secrets of this process, such as the broker's password.</param>
internal sealed partial class SecretMask(IEnumerable<string> known)
{
    private const string Mask = "****";

    /// <summary>Shorter ones would mask half of every line.</summary>
    private const int ShortestSecret = 6;

    private readonly string[] _known = [.. known.Where(s => s.Length >= ShortestSecret).OrderByDescending(s => s.Length)];

    public string Apply(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (var secret in _known) line = line.Replace(secret, Mask, StringComparison.Ordinal);
        line = Address().Replace(line, $"$1{Mask}@");
        line = Bearer().Replace(line, $"$1{Mask}");
        line = Setting().Replace(line, $"$1{Mask}");
        line = Key().Replace(line, Mask);
        return Plain(line);
    }

    private static string Plain(string line)
    {
        if (!line.Any(char.IsControl)) return line;
        var text = new StringBuilder(line.Length);
        foreach (var c in Escape().Replace(line, "")) text.Append(c is '\n' or '\t' || !char.IsControl(c) ? c : '?');
        return text.ToString();
    }

    /// <summary>user:password@ of an address.</summary>
    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://[^\s/:@]+:)[^\s/@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    /// <summary>password=…, "token": "…", --secret …</summary>
    [GeneratedRegex("""((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[=:]\s*["']?|--(?:password|secret|token)\s+)[^\s"',;&]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    /// <summary>Keys that are known by their look: cloud access keys, tokens of code forges.</summary>
    [GeneratedRegex(@"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,})\b")]
    private static partial Regex Key();

    /// <summary>Escape sequences of terminals (ECMA-48), also those that set a title.</summary>
    [GeneratedRegex("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[@-Z\\\\-_])")]
    private static partial Regex Escape();
}
