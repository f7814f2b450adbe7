using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// A file or folder that a clip needs, offered to a seed: <c>POST /api/v1/inputs</c>. The answer names what is missing; each missing
/// content goes to <c>PUT /api/v1/inputs/blobs/SHA256</c>, and offering it again makes the input complete.
/// </summary>
/// <param name="Name">Of the file or the folder, as people know it.</param>
/// <param name="IsFolder">A folder of files; otherwise <paramref name="Files"/> is the one file.</param>
/// <param name="Files">Names relative to the folder, with forward slashes, and their content.</param>
public sealed record InputOffer(string Name, bool IsFolder, IReadOnlyList<ArtifactFile> Files)
{
    /// <summary>Same content, same id: the file's SHA-256, or that of the folder's listing.</summary>
    [JsonIgnore]
    public string Id => IsFolder ? Hash(Listing()) : Files[0].Sha256;

    /// <summary>How options name it, once it is complete; a node finds it under its own mount of the store.</summary>
    [JsonIgnore]
    public string Reference => $"store:inputs/{Id}/{Name}";

    private string Listing() => string.Concat(Files.OrderBy(f => f.Name, StringComparer.Ordinal)
        .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name}\0{f.Bytes}\0{f.Sha256}\n")));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
