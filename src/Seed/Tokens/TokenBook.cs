using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Seed.Tokens;

/// <summary>
/// The operators' tokens: a JSON file <c>{"tokens": [{"name", "right": "viewer" | "operator", "token" or "sha256"}]}</c>. A token is
/// compared by its hash with every entry, always in the same time.
/// </summary>
internal sealed class TokenBook
{
    /// <summary>128 bits in base64 or more; shorter ones could be guessed.</summary>
    private const int MinTokenLength = 16;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private readonly IReadOnlyList<(Caller Caller, byte[] Hash)> _entries;

    private TokenBook(IReadOnlyList<(Caller, byte[])> entries) => _entries = entries;

    public static TokenBook Empty { get; } = new([]);

    /// <exception cref="Depth3DException">The file cannot be read, or an entry cannot be used; no token is ever in the text.</exception>
    public static TokenBook Load(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<TokenFile>(File.ReadAllText(path), Format);
            return new TokenBook([.. (file?.Tokens ?? throw new JsonException("there is no list 'tokens'")).Select((entry, i) => Read(entry, i, path))]);
        }
        catch (JsonException e)
        {
            throw Refuse($"the file cannot be read: {e.Message.Split(" Path:")[0]}", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"the file cannot be read: {e.Message}", path);
        }
    }

    /// <returns>Null for a token that nobody has.</returns>
    public Caller? Find(string token)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        Caller? found = null;
        foreach (var (caller, expected) in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, expected)) found = caller;
        }

        return found;
    }

    private static (Caller, byte[]) Read(TokenEntry? entry, int index, string path)
    {
        if (entry is not { Name: { Length: > 0 and <= 64 } name } || name.Any(char.IsControl)) throw Refuse($"token {index} has no name of at most 64 characters", path);
        var right = entry.Right switch
        {
            "viewer" => OperatorRight.Viewer,
            "operator" => OperatorRight.Operator,
            _ => throw Refuse($"the right of '{name}' is neither viewer nor operator", path),
        };
        if (entry.Token is { Length: >= MinTokenLength } token && entry.Sha256 is null)
            return (new(name, right), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (entry.Token is null && entry.Sha256 is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit)) return (new(name, right), Convert.FromHexString(hex));
        throw Refuse($"'{name}' needs either a token of {MinTokenLength} characters or more, or the sha256 of one", path);
    }

    private static Depth3DException Refuse(string what, string path) => new(
        what, path, "see docs/operations.md for the form of the file", FailureKind.Usage);

    private sealed record TokenFile(IReadOnlyList<TokenEntry?>? Tokens);

    private sealed record TokenEntry(string? Name, string? Right, string? Token, string? Sha256);
}
