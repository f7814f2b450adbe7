using Depth3D.Cluster.Fixtures;
using Depth3D.Native;

namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A seed and one worker of all roles, in processes of their own at a real broker, with the environment in which the command line finds them.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private const string Operator = "the-token-of-an-operator";

    private readonly PrivateBroker _broker;
    private readonly NodeProcess _seed;
    private readonly List<NodeProcess> _workers = [];

    private NodeCluster(PrivateBroker broker, Dictionary<string, string> environment, NodeProcess seed) => (_broker, Environment, _seed) = (broker, environment, seed);

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Folder of what workers published.</summary>
    public string Store => Environment["DEPTH3D_STORE"];

    /// <summary>What all processes said, for a test that failed.</summary>
    public string Said => $"seed:\n{_seed.Said}\n{string.Join('\n', _workers.Select(w => $"worker:\n{w.Said}"))}";

    /// <param name="root">Folder for the store and all else.</param>
    public static async Task<NodeCluster> StartAsync(string root)
    {
        var broker = await PrivateBroker.StartAsync();
        var (space, url, tokens) = (broker.NewSpace(), $"http://127.0.0.1:{FreePorts.Take(1)[0]}", Path.Combine(root, "tokens.json"));
        await File.WriteAllTextAsync(tokens, $$"""{ "tokens": [ { "name": "fred", "right": "operator", "token": "{{Operator}}" } ] }""");
        var environment = new Dictionary<string, string>
        {
            ["DEPTH3D_BROKER_PORT"] = $"{space.Port}",
            ["DEPTH3D_BROKER_USER"] = space.User,
            ["DEPTH3D_BROKER_PASSWORD"] = space.Password,
            ["DEPTH3D_BROKER_VIRTUAL_HOST"] = space.VirtualHost,
            ["DEPTH3D_STORE"] = Directory.CreateDirectory(Path.Combine(root, "store")).FullName,
            ["XDG_STATE_HOME"] = Path.Combine(root, "state"),
            ["DEPTH3D_SEED"] = url,
            ["DEPTH3D_TOKEN"] = Operator,
        };
        var seed = NodeProcess.Start(environment, "--role", "seed", "--node", "seed-1", "--journal", Path.Combine(root, "clips.db"), "--tokens", tokens, "--http", url);
        var cluster = new NodeCluster(broker, environment, seed);
        cluster.StartWorker();
        return cluster;
    }

    /// <summary>Starts one more worker of all roles.</summary>
    public void StartWorker() => _workers.Add(NodeProcess.Start(Environment, "--role", "preprocess,trainer,render", "--node", $"worker-{_workers.Count + 1}"));

    /// <summary>Kills the worker that was started last.</summary>
    public Task KillWorkerAsync() => _workers[^1].KillAsync();

    public Task<ProcessResult> CliAsync(params string[] arguments) => CliProcess.RunAsync(arguments, Environment);

    /// <summary>The same again until a seed answers, which takes a moment after the start.</summary>
    public async Task<ProcessResult> FirstAsync(params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var result = await CliAsync(arguments);
            if (result.ExitCode != (int)Messages.ExitCode.Unreachable) return result;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        await _seed.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
