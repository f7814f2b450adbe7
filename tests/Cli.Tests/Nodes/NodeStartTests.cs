using System.Net.Http.Headers;
using Depth3D.Cluster.Fixtures;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests.Nodes;

/// <summary>A seed and a worker in processes of their own, at a real broker, steered by the command line as people type it.</summary>
public sealed class NodeStartTests : IAsyncLifetime
{
    private const string Operator = "the-token-of-an-operator", Viewer = "the-token-of-a-viewer";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-nodes-").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _seedUrl = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
    private PrivateBroker? _broker;

    public async Task InitializeAsync()
    {
        _broker = await PrivateBroker.StartAsync();
        var space = _broker.NewSpace();
        var store = Directory.CreateDirectory(Path.Combine(_root, "store")).FullName;
        File.WriteAllText(Path.Combine(_root, "tokens.json"),
            $$"""{ "tokens": [ { "name": "fred", "right": "operator", "token": "{{Operator}}" }, { "name": "vera", "right": "viewer", "token": "{{Viewer}}" } ] }""");
        foreach (var (name, value) in new (string, string)[]
        {
            ("DEPTH3D_BROKER_PORT", $"{space.Port}"), ("DEPTH3D_BROKER_USER", space.User), ("DEPTH3D_BROKER_PASSWORD", space.Password),
            ("DEPTH3D_BROKER_VIRTUAL_HOST", space.VirtualHost), ("DEPTH3D_STORE", store), ("XDG_STATE_HOME", Path.Combine(_root, "state")),
            ("DEPTH3D_SEED", _seedUrl), ("DEPTH3D_TOKEN", Operator),
        })
            _environment[name] = value;
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_seed_and_a_worker_are_started_steered_and_stopped_from_a_terminal()
    {
        await using var seed = NodeProcess.Start(_environment,
            "--role", "seed", "--node", "seed-1", "--journal", Path.Combine(_root, "clips.db"), "--tokens", Path.Combine(_root, "tokens.json"), "--http", _seedUrl);
        await using var worker = NodeProcess.Start(_environment, "--role", "render", "--node", "render-1", "--slots", "render=2");
        await UntilAsync("node/list", "\"render-1\"", seed);

        Assert.Contains("render 0/2", await Run(0, "cluster", "show"), StringComparison.Ordinal);
        await using (var twin = NodeProcess.Start(_environment, "--role", "render", "--node", "render-1", "--state", Path.Combine(_root, "another-machine")))
        {
            Assert.NotEqual(0, await twin.ExitAsync());
            Assert.Contains("another process is running as node 'render-1'", twin.Said, StringComparison.Ordinal);
        }

        await SubmitsAreSteered();
        Assert.Contains("render-1", await Run(0, "cluster", "leave", "render-1", "--yes", "--reason", "the test ends"), StringComparison.Ordinal);
        Assert.Equal(0, await worker.ExitAsync());
        Assert.Contains("the test ends", await Run(0, "audit", "tail"), StringComparison.Ordinal);
        Assert.True(await seed.TerminateAsync() == 0, seed.Said);
        await Run((int)ExitCode.Unreachable, "cluster", "show");
    }

    private async Task SubmitsAreSteered()
    {
        var frames = Directory.CreateDirectory(Path.Combine(_root, "frames")).FullName;
        for (var i = 0; i < 3; i++) await File.WriteAllTextAsync(Path.Combine(frames, $"{i}.png"), $"frame {i}");
        Assert.Equal("shot-1", (await Run(0, "clip", "submit", "shot-1", frames, "--priority", "5", "--key", "k", "--quiet")).Split('\n')[^1].Trim());
        Assert.Contains("frames", await Run(0, "clip", "tree", "shot-1"), StringComparison.Ordinal);
        Assert.Contains("preprocess", await Run(0, "clip", "explain", "shot-1"), StringComparison.Ordinal); // no node serves that pool
        await Run(0, "clip", "priority", "shot-1", "7");
        await Run(0, "clip", "pause", "shot-1");
        Assert.Contains("paused", await Run(0, "clip", "list", "--state", "paused"), StringComparison.Ordinal);
        Assert.Contains("frames.longSidePixels", await Run((int)ExitCode.Refused, "clip", "submit", "shot-1", frames, "--size", "128"), StringComparison.Ordinal);
        await Run((int)ExitCode.BadInput, "clip", "show", "no-such-clip");
        var vera = new Dictionary<string, string>(_environment) { ["DEPTH3D_TOKEN"] = Viewer };
        Assert.Equal((int)ExitCode.Refused, (await CliProcess.RunAsync(["clip", "cancel", "shot-1", "--yes"], vera)).ExitCode);
        var stranger = new Dictionary<string, string>(_environment) { ["DEPTH3D_TOKEN"] = "nobody-has-this-token" };
        Assert.Equal((int)ExitCode.Refused, (await CliProcess.RunAsync(["clip", "list"], stranger)).ExitCode);
        await Run(0, "clip", "cancel", "shot-1", "--yes");
    }

    private async Task<string> Run(int exitCode, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments, _environment);
        Assert.True(exitCode == result.ExitCode, $"{string.Join(' ', arguments)} exited with {result.ExitCode}: {result.OutputTail}");
        return result.OutputTail;
    }

    private async Task UntilAsync(string path, string text, NodeProcess seed)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Operator);
        using var limit = new CancellationTokenSource(Longest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                if ((await http.GetStringAsync($"{_seedUrl}/api/v1/{path}", limit.Token)).Contains(text, StringComparison.Ordinal)) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet, or is not active yet.
            }

            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{path} never said {text}; the seed said:\n{seed.Said}");
            }
        }
    }
}
