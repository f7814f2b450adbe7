using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations;
using Depth3D.Pipeline.Storage;
using Depth3D.Seed.Http;

namespace Depth3D.Seed.Tests;

/// <summary>The HTTP side of one seed on a free port, with a token of each right.</summary>
internal sealed class ApiBench : IAsyncDisposable
{
    public const string Operator = "operator-token-0123456789", Viewer = "viewer-token-0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-api-").FullName;
    private readonly HttpClient _http = new();
    private SqliteJournal _journal = null!;
    private NewsBook _news = null!;

    public FakeSeed Seed { get; } = new();

    public SeedApi Api { get; private set; } = null!;

    public string TokenFile => Path.Combine(_folder, "tokens.json");

    public string StoreRoot => Path.Combine(_folder, "store");

    public static async Task<ApiBench> StartAsync(ApiLimits? limits = null)
    {
        var bench = new ApiBench();
        bench.WriteTokens($$"""{"tokens":[{"name":"alice","right":"operator","token":"{{Operator}}"},{"name":"bob","right":"viewer","token":"{{Viewer}}"}]}""");
        bench._journal = SqliteJournal.Open(Path.Combine(bench._folder, "journal.db"));
        bench._news = new NewsBook(bench.Seed);
        var files = new SeedFiles(bench.Seed, bench._journal, ArtifactStore.Open(bench.StoreRoot), bench._news, TimeProvider.System);
        bench.Api = await SeedApi.StartAsync(
            new SeedApiSetup { Files = files, Url = "http://127.0.0.1:0", TokenFile = bench.TokenFile, Limits = limits ?? new() }, default);
        return bench;
    }

    public void WriteTokens(string json) => File.WriteAllText(TokenFile, json);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(Api.Address), path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = Viewer) => SendAsync(HttpMethod.Get, path, token);

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? token = Operator) =>
        SendAsync(HttpMethod.Post, path, token, JsonContent.Create(body, options: OperationJson.Options));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Api.DisposeAsync();
        await _news.DisposeAsync();
        await _journal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
