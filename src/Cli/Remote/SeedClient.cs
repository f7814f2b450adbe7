using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>
/// Asks a seed over HTTP. Goes on to the next seed only when a connection could not be made, so that a command is never sent twice.
/// </summary>
internal sealed class SeedClient : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5), AnswerWithin = TimeSpan.FromMinutes(10);

    private readonly SeedAddress _address;
    private readonly HttpClient _http;

    public SeedClient(SeedAddress address, HttpMessageHandler? handler = null)
    {
        _address = address;
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = ConnectWithin, AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("depth3d", "1"));
        if (address.Token is { } token) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="RemoteFailure">The seed refused, or none answers.</exception>
    public async Task<JsonElement> CallAsync(
        CommandDefinition command, IReadOnlyDictionary<string, string> arguments, string reason, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerWithin);
        try
        {
            using var response = await SendAsync(seed => Request(seed, command, arguments, reason), HttpCompletionOption.ResponseContentRead, limit.Token)
                .ConfigureAwait(false);
            return await JsonOfAsync(response, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RemoteFailure($"no answer within {AnswerWithin.TotalMinutes:0} minutes; whether it was done is not known", ExitCode.Unreachable, command.Name);
        }
    }

    /// <summary>Rows as they come, until the seed ends the stream or the caller stops.</summary>
    public async IAsyncEnumerable<JsonElement> FollowAsync(
        CommandDefinition command, IReadOnlyDictionary<string, string> arguments, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await SendAsync(seed => Request(seed, command, arguments, ""), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation).ConfigureAwait(false))
        {
            if (item.Data.Length > 0) yield return Parse(item.Data);
        }
    }

    /// <summary>Sends a request that is made anew for every seed that is tried.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var seed in _address.Seeds)
        {
            try
            {
                using var request = make(seed);
                return await _http.SendAsync(request, completion, cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError || e.InnerException is SocketException)
            {
                failures.Add($"{seed.Authority}: {(e.InnerException ?? e).Message}");
            }
            catch (HttpRequestException e)
            {
                throw new RemoteFailure($"the seed hung up: {e.Message}; whether the command was carried out is not known", ExitCode.Unreachable, seed.Authority, "look with: depth3d cluster show", e);
            }
        }

        throw new RemoteFailure($"no seed answers: {string.Join("; ", failures)}", ExitCode.Unreachable, remedy: $"give --at URL or set {SeedAddress.SeedVariable}");
    }

    /// <exception cref="RemoteFailure">What the seed said is wrong.</exception>
    public static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode) return;
        var text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        throw SeedError.Read(response.StatusCode, text);
    }

    private static HttpRequestMessage Request(Uri seed, CommandDefinition command, IReadOnlyDictionary<string, string> arguments, string reason)
    {
        var path = new Uri(seed, $"api/v1/{command.Noun}/{command.Verb}");
        if (!command.IsChange)
        {
            var query = string.Join('&', arguments.Select(a => $"{Uri.EscapeDataString(a.Key)}={Uri.EscapeDataString(a.Value)}"));
            if (query.Length < 4000) return new HttpRequestMessage(HttpMethod.Get, query.Length == 0 ? path : new Uri($"{path}?{query}"));
        }

        var body = arguments.ToDictionary();
        if (reason.Length > 0) body[CommandDefinition.Reason.Name] = reason;
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
    }

    private static async Task<JsonElement> JsonOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
        return Parse(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
    }

    private static JsonElement Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new RemoteFailure($"the answer is no JSON: {e.Message}", ExitCode.Unreachable, remedy: "is that address a seed?", inner: e);
        }
    }
}
