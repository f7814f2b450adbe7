using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Depth3D.Cluster;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations;
using Depth3D.Cluster.Operations.Handlers;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Depth3D.Seed.Http;

namespace Depth3D.Seed.Tests;

/// <summary>A seed with its HTTP side and one worker, in this process, over a private broker.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-live-").FullName;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HttpClient Http { get; private set; } = null!;

    public string Address { get; private set; } = "";

    public string Store => Path.Combine(_folder, "store");

    public string Source => Path.Combine(_folder, "clip.mp4");

    /// <param name="held">A task that waits until <see cref="Release"/>.</param>
    public static async Task<LiveCluster> StartAsync(TaskId? held = null)
    {
        var cluster = new LiveCluster();
        await cluster.StartPartsAsync(held);
        return cluster;
    }

    public void Release() => _open.TrySetResult();

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] arguments) =>
        await ReadAsync(await Http.PostAsJsonAsync(path, arguments.ToDictionary(a => a.Name, a => a.Value)));

    public Task<JsonElement> SubmitAsync(string clip) => PostAsync("/api/v1/clip/submit", ("clip", clip),
        ("options", JsonSerializer.Serialize(new DepthOptions { SourcePath = Source }, OperationJson.Options)), ("project", "film"), ("priority", "3"));

    /// <summary>Looks again and again until it is so; processes on a bus tell a test nothing.</summary>
    public async Task UntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        JsonElement last = default;
        try
        {
            while (true)
            {
                var response = await Http.GetAsync(new Uri(path, UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode && isSo(last = await ReadAsync(response))) return;
                await turns.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{path} never got there; last: {last}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        Http?.Dispose();
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task StartPartsAsync(TaskId? held)
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        await File.WriteAllTextAsync(Source, "frames");
        var tokens = Path.Combine(_folder, "tokens.json");
        await File.WriteAllTextAsync(tokens, $$"""{"tokens":[{"name":"alice","right":"operator","token":"{{ApiBench.Operator}}"}]}""");
        var recipe = new Recipe(RecipeNames.Depth, Stages(id => id == held ? _open.Task : Task.CompletedTask));
        var journal = SqliteJournal.Open(Path.Combine(_folder, "journal.db"));
        var seed = await SeedHost.StartAsync(new SeedSetup
        {
            Options = Options(broker, "seed-1", "seed"),
            Recipes = [recipe],
            Operators = new OperatorHandler(new BrokerQueueDesk(broker)),
            Transport = new RabbitMqTransport(broker, "seed-1"),
            Journal = journal,
        }, default).WaitAsync(Patience);
        _parts.Push(seed);
        var news = new NewsBook(seed);
        _parts.Push(news);
        _parts.Push(await WorkerHost.StartAsync(new WorkerSetup
        {
            Options = Options(broker, "node-1", "preprocess", "trainer", "render"),
            Stages = StageBook.Of([recipe]),
            Transport = new RabbitMqTransport(broker, "node-1"),
        }, default).WaitAsync(Patience));
        var files = new SeedFiles(seed, journal, ArtifactStore.Open(Store), news, TimeProvider.System);
        var api = await SeedApi.StartAsync(new SeedApiSetup { Files = files, Url = "http://127.0.0.1:0", TokenFile = tokens, Limits = new() { Burst = 10_000 } }, default);
        _parts.Push(api);
        Address = api.Address;
        Http = new HttpClient { BaseAddress = new Uri(Address), Timeout = Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiBench.Operator);
        await UntilAsync("/api/v1/node/list", nodes => nodes.EnumerateArray().Any(n => n.GetProperty("state").GetString() == "up"));
    }

    private ClusterOptions Options(BrokerOptions broker, string node, params string[] roles) => new()
    {
        Node = new NodeId(node),
        Roles = roles,
        Broker = broker,
        StoreRoot = Store,
        StateFolder = Path.Combine(_folder, $"state-{node}"),
        Journal = "",
        InProcess = true,
        Shards = 2,
    };

    private static IReadOnlyList<IStage> Stages(Func<TaskId, Task> hold) =>
    [
        new PaintedStage("frames", WorkerPool.PreprocessCpu, 3, [], hold),
        new PaintedStage("train", WorkerPool.Trainer, 2, [new StageName("frames")], hold),
        new PaintedStage("depth", WorkerPool.Render, 2, [new StageName("train")], hold),
    ];
}
