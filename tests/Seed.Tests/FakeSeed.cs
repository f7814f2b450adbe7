using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Seed.Tests;

/// <summary>A seed that stands by and answers what a test tells it to.</summary>
internal sealed class FakeSeed : IActiveCoordinator
{
    private readonly Channel<FeedProtocol.Item> _news = Channel.CreateUnbounded<FeedProtocol.Item>();

    public NodeId Seed { get; } = new("seed-1");

    public SeedHealth Health { get; set; } = new(false, null, true, null);

    public ActiveCoordinator? Coordinator => null;

    public List<OperatorProtocol.Request> Asked { get; } = [];

    public OperatorProtocol.Reply Reply { get; set; } = new(ExitCode.Success, "{\"where\":\"c\",\"state\":\"paused\",\"text\":\"ok\"}");

    public Task<OperatorProtocol.Reply> AskAsync(OperatorProtocol.Request request, CancellationToken cancellation)
    {
        lock (Asked) Asked.Add(request);
        return Task.FromResult(Reply);
    }

    public void Tell(FeedProtocol.Item item) => _news.Writer.TryWrite(item);

    public async IAsyncEnumerable<FeedProtocol.Item> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var item in _news.Reader.ReadAllAsync(cancellation)) yield return item;
    }
}
