using Depth3D.Cluster.Fixtures;
using Depth3D.Native;

namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A seed and one worker of all roles, in processes of their own at a real broker, with the environment in which the command line finds them.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private const string Operator = "the-token-of-an-operator";

    private readonly PrivateBroker _broker;
    private readonly NodeProcess _seed, _worker;

    private NodeCluster(PrivateBroker broker, Dictionary<string, string> environment, NodeProcess seed, NodeProcess worker) =>
        (_broker, Environment, _seed, _worker) = (broker, environment, seed, worker);

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What both processes said, for a test that failed.</summary>
    public string Said => $"seed:\n{_seed.Said}\nworker:\n{_worker.Said}";

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
        var worker = NodeProcess.Start(environment, "--role", "preprocess,trainer,render", "--node", "worker-1");
        return new NodeCluster(broker, environment, seed, worker);
    }

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
        await _worker.DisposeAsync();
        await _seed.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
