using System.Diagnostics;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>A node's presence at a real broker: its id is unique, its end is noticed at once.</summary>
public sealed class PresenceTests
{
    private static readonly NodeId Node = new("render-7");

    [Fact]
    public async Task A_second_process_with_the_same_id_is_refused_in_words()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        await using var first = await HoldAsync(broker);
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => HoldAsync(broker));
        Assert.Contains("another process is running as node 'render-7'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.True(first.IsHeld);
    }

    [Fact]
    public async Task The_id_is_free_once_its_holder_stops()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        await (await HoldAsync(broker)).DisposeAsync();
        await using var second = await HoldAsync(broker);
        Assert.True(second.IsHeld);
    }

    [Fact]
    public async Task A_connection_that_ends_is_noticed_within_a_second_and_others_are_not_touched()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        await using var other = await NodePresence.HoldAsync(broker, new("render-8"), TimeProvider.System, NullLogger.Instance, default);
        await using var watch = new PresenceWatch(broker, "seed-1", TimeProvider.System, NullLogger.Instance);
        var (connected, gone) = Listen(watch);
        var dying = await HoldAsync(broker);
        watch.Watch(Node);
        watch.Watch(new("render-8"));
        watch.Start();
        await connected.Within("the watch's connection");
        var watched = Stopwatch.StartNew();
        await dying.DisposeAsync();
        Assert.Equal(Node, await gone.Within("the loss of the node"));
        Assert.InRange(watched.Elapsed.TotalSeconds, 0, 2);
        Assert.True(other.IsHeld);
    }

    [Fact]
    public async Task A_watched_node_that_never_was_there_is_gone()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        await using var watch = new PresenceWatch(broker, "seed-1", TimeProvider.System, NullLogger.Instance);
        var (_, gone) = Listen(watch);
        watch.Watch(Node);
        watch.Start();
        Assert.Equal(Node, await gone.Within("the loss of the node"));
    }

    internal static Task<NodePresence> HoldAsync(BrokerOptions broker, NodeId? node = null, TimeProvider? time = null) =>
        NodePresence.HoldAsync(broker, node ?? Node, time ?? TimeProvider.System, NullLogger.Instance, default);

    private static (Task Connected, Task<NodeId> Gone) Listen(PresenceWatch watch)
    {
        var connected = new TaskCompletionSource();
        var gone = new TaskCompletionSource<NodeId>();
        watch.Connected += isConnected => { if (isConnected) connected.TrySetResult(); };
        watch.Gone += node => gone.TrySetResult(node);
        return (connected.Task, gone.Task);
    }

    internal static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(20);
    }
}
