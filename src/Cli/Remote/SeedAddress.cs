using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Where the seeds are and who asks: options, else environment, else the person's own configuration folder.</summary>
/// <param name="Seeds">Tried in order; the first that answers is used.</param>
/// <param name="Token">Null when there is none; a seed then answers health questions only.</param>
internal sealed record SeedAddress(IReadOnlyList<Uri> Seeds, string? Token)
{
    public const string SeedVariable = "DEPTH3D_SEED", TokenVariable = "DEPTH3D_TOKEN";

    private const string Default = "http://127.0.0.1:7070";

    /// <exception cref="Depth3DException">An address or a token file that cannot be used.</exception>
    public static SeedAddress Resolve(string? seeds, FileInfo? tokenFile, Func<string, string?> environment)
    {
        var text = seeds ?? environment(SeedVariable);
        var where = seeds is not null ? "--at" : SeedVariable;
        var addresses = (string.IsNullOrWhiteSpace(text) ? Default : text)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(s => Parse(s, where)).ToArray();
        if (addresses.Length == 0) throw new Depth3DException("names no seed", where, $"give an address such as {Default}", FailureKind.Usage);
        return new SeedAddress(addresses, TokenFrom(tokenFile, environment));
    }

    private static Uri Parse(string text, string where) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? new Uri(uri.GetLeftPart(UriPartial.Authority) + "/")
            : throw new Depth3DException($"'{text}' is not an address such as {Default}", where, kind: FailureKind.Usage);

    private static string? TokenFrom(FileInfo? file, Func<string, string?> environment)
    {
        if (file is not null) return Read(file.FullName);
        if (environment(TokenVariable) is { Length: > 0 } token) return Checked(token, TokenVariable);
        var folder = environment("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(environment("HOME") ?? "", ".config");
        var own = Path.Combine(folder, "depth3d", "token");
        return File.Exists(own) ? Read(own) : null;
    }

    private static string Read(string path)
    {
        try
        {
            return Checked(File.ReadAllText(path).Trim(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the token cannot be read: {e.Message}", path, kind: FailureKind.Usage, inner: e);
        }
    }

    /// <summary>A token travels in a header, where a blank or a line end would end it.</summary>
    private static string Checked(string token, string where) => token.Length is > 0 and <= 4096 && token.All(c => c is > ' ' and <= '~')
        ? token
        : throw new Depth3DException("is not a token: printable characters without blanks", where, kind: FailureKind.Usage);
}
