using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Hosting;

public sealed class ClusterProcessTests
{
    private static readonly ClusterOptions Options = new()
    {
        Node = new NodeId("n"),
        Roles = ["seed", "render"],
        Broker = new BrokerOptions { User = "u", Password = "p" },
        StoreRoot = "/store",
        StateFolder = "/state",
    };

    private readonly List<string> _said = [];

    [Fact]
    public async Task Roles_stop_in_the_reverse_order_of_their_start_when_a_signal_comes()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var run = Run(stop.Token, Part("seed"), _ => { started.SetResult(); return Part("render")(_); });
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        Assert.Equal(0, await run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(["seed starts", "render starts", "render stops", "seed stops"], _said);
    }

    [Fact]
    public async Task A_role_that_is_over_ends_the_process()
    {
        var over = new TaskCompletionSource<string>();
        var run = Run(CancellationToken.None, Part("seed"), Part("render", over.Task));
        Assert.False(run.IsCompleted);
        over.SetResult("an operator lets it go");
        Assert.Equal(0, await run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("seed stops", _said[^1]);
    }

    [Fact]
    public async Task A_role_that_cannot_start_stops_those_before_it_and_says_why()
    {
        var error = await Assert.ThrowsAsync<Depth3DException>(() => Run(CancellationToken.None, Part("seed"), _ => throw new Depth3DException("another node has this name")));
        Assert.Equal("another node has this name", error.Message);
        Assert.Equal(["seed starts", "seed stops"], _said);
    }

    [Fact]
    public async Task A_role_that_fails_later_fails_the_process()
    {
        var over = new TaskCompletionSource<string>();
        var run = Run(CancellationToken.None, Part("seed", over.Task));
        over.SetException(new Depth3DException("the store is gone"));
        await Assert.ThrowsAsync<Depth3DException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("seed stops", _said[^1]);
    }

    private static Task<int> Run(CancellationToken stop, params Func<CancellationToken, Task<ProcessPart>>[] starts) =>
        ClusterProcess.RunAsync(Options, starts, stop, NullLoggerFactory.Instance);

    private Func<CancellationToken, Task<ProcessPart>> Part(string name, Task<string>? over = null) => _ =>
    {
        _said.Add(name + " starts");
        var host = new Host(() => _said.Add(name + " stops"));
        return Task.FromResult(over is null ? new ProcessPart(host) : new ProcessPart(host, over));
    };

    private sealed class Host(Action stop) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            stop();
            return ValueTask.CompletedTask;
        }
    }
}
