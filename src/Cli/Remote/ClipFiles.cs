using System.Security.Cryptography;
using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>The accepted files of a clip of a cluster: what they are, and fetching them, each checked against its hash.</summary>
internal sealed class ClipFiles(SeedClient client)
{
    private static readonly CommandDefinition Export = CommandTable.Find("clip export")!;

    /// <exception cref="RemoteFailure">The clip is unknown, or no seed answers.</exception>
    public async Task<ExportView> ListAsync(ClipId clip, CancellationToken cancellation) =>
        (await client.CallAsync(Export, new Dictionary<string, string> { ["clip"] = clip.Value }, "", cancellation).ConfigureAwait(false))
        .Deserialize<ExportView>(OperationJson.Options)!;

    /// <summary>Fetches a file unless it is there with the right content. It appears whole or not at all.</summary>
    public async Task FetchAsync(FileRow file, string target, CancellationToken cancellation)
    {
        if (File.Exists(target) && new FileInfo(target).Length == file.Bytes && await HashAsync(target, cancellation).ConfigureAwait(false) == file.Sha256) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            using (var response = await client.SendAsync(seed => new HttpRequestMessage(HttpMethod.Get, new Uri(seed, file.Url)), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false))
            {
                await SeedClient.ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
                await using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
                await response.Content.CopyToAsync(stream, cancellation).ConfigureAwait(false);
            }

            var hash = await HashAsync(temporary, cancellation).ConfigureAwait(false);
            if (hash != file.Sha256)
                throw new RemoteFailure($"came with hash {hash}, expected {file.Sha256}", ExitCode.Storage, file.Name, "run: depth3d store verify");
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
    }
}
