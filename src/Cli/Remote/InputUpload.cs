using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary>
/// Brings what a clip's options name into the cluster's store, once per content, and names it there instead: a later edit of the local
/// file changes nothing, and every node finds it under its own mount.
/// </summary>
internal sealed class InputUpload(SeedClient client, Action<string> say, TimeProvider time)
{
    private const int MostTries = 100;

    private static readonly string[] UploadedKinds = ["dir:", "file:"], NamedKinds = ["onnx:", "torchscript:", "midas:"];

    /// <summary>The options with every local path uploaded and replaced.</summary>
    public Task<DepthOptions> SendAsync(DepthOptions options, CancellationToken cancellation) =>
        ReplaceAsync(options, async path =>
        {
            var input = await LocalInput.ReadAsync(path, cancellation).ConfigureAwait(false);
            return await CompleteAsync(input, cancellation).ConfigureAwait(false);
        });

    /// <summary>The same without sending anything, for a check.</summary>
    public Task<DepthOptions> NameAsync(DepthOptions options, CancellationToken cancellation) =>
        ReplaceAsync(options, async path => (await LocalInput.ReadAsync(path, cancellation).ConfigureAwait(false)).Offer.Reference);

    private async Task<DepthOptions> ReplaceAsync(DepthOptions options, Func<string, Task<string>> replace)
    {
        WarnOfPaths("--network", options.Train.Network);
        var placed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, path) in options.Effect?.Files ?? []) placed[path] = await replace(path).ConfigureAwait(false);
        return options with
        {
            SourcePath = await replace(options.SourcePath).ConfigureAwait(false),
            Masks = options.Masks with { Method = await MethodAsync("--masks", options.Masks.Method).ConfigureAwait(false) },
            Cameras = options.Cameras with { Method = await MethodAsync("--cameras", options.Cameras.Method).ConfigureAwait(false) },
            Prior = options.Prior with { Method = await MethodAsync("--prior", options.Prior.Method).ConfigureAwait(false) },
            Flow = options.Flow with { Method = await MethodAsync("--flow", options.Flow.Method).ConfigureAwait(false) },
            Effect = options.Effect?.WithFiles(path => placed[path]),
        };

        async Task<string> MethodAsync(string option, string method)
        {
            WarnOfPaths(option, method);
            var kind = UploadedKinds.FirstOrDefault(k => method.StartsWith(k, StringComparison.Ordinal));
            return kind is null ? method : kind + await replace(method[kind.Length..]).ConfigureAwait(false);
        }
    }

    private async Task<string> CompleteAsync(LocalInput input, CancellationToken cancellation)
    {
        var answer = await OfferAsync(input.Offer, cancellation).ConfigureAwait(false);
        if (answer.Missing.Count == 0) return answer.Reference;
        var bytes = input.Offer.Files.Where(f => answer.Missing.Contains(f.Sha256, StringComparer.Ordinal)).DistinctBy(f => f.Sha256).Sum(f => f.Bytes);
        say($"sending {input.Offer.Name}: {answer.Missing.Count} files, {ValueText.Of(JsonSerializer.SerializeToElement(bytes), ColumnFormat.Bytes)}");
        foreach (var hash in answer.Missing) await PutAsync(hash, input.PathOf(hash), cancellation).ConfigureAwait(false);
        answer = await OfferAsync(input.Offer, cancellation).ConfigureAwait(false);
        return answer.Missing.Count == 0
            ? answer.Reference
            : throw new RemoteFailure("the seed still misses files that were sent", ExitCode.Failed, input.Offer.Name, "submit again");
    }

    private async Task<InputAnswer> OfferAsync(InputOffer offer, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(
            seed => new HttpRequestMessage(HttpMethod.Post, new Uri(seed, "api/v1/inputs")) { Content = JsonContent.Create(offer, options: OperationJson.Options) },
            HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
        await SeedClient.ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync<InputAnswer>(OperationJson.Options, cancellation).ConfigureAwait(false)
            ?? throw new RemoteFailure("the seed did not say where the input lies", ExitCode.Failed, offer.Name);
    }

    /// <summary>Thousands of small frames are more requests than a seed takes at once; it then says how long to wait.</summary>
    private async Task PutAsync(string hash, string path, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await client.SendAsync(
                seed => new HttpRequestMessage(HttpMethod.Put, new Uri(seed, $"api/v1/inputs/blobs/{hash}")) { Content = new StreamContent(File.OpenRead(path)) },
                HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.TooManyRequests || tries == MostTries)
            {
                await SeedClient.ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
                return;
            }

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Models are registered where they run, with their licence; a path is not sent.</summary>
    private void WarnOfPaths(string option, string? method)
    {
        var kind = NamedKinds.FirstOrDefault(k => method?.StartsWith(k, StringComparison.Ordinal) == true);
        if (kind is not null && method![kind.Length..].Contains('/', StringComparison.Ordinal))
            say($"{option} {method}: a model is not sent; every node must find it at this path, or register it there with: depth3d model add");
    }
}
