using System.Collections.Immutable;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 5 without processes: what is decided under every cut of five nodes, on a clock that the test moves.</summary>
public sealed class CutTests
{
    private const int Count = 5;

    public static TheoryData<bool, bool> Losses => new() { { true, false }, { false, true }, { true, true } };

    /// <summary>Heartbeats may be lost while the connection stands, the connection may go while heartbeats still come, or both.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Exactly_the_nodes_beyond_the_cut_are_lost_and_all_are_back_after_it(bool losesHeartbeats, bool losesConnection)
    {
        for (var cut = 0; cut < 1 << Count; cut++)
        {
            var world = new World();
            world.Pass(20, _ => true);
            Assert.Empty(world.Lost);
            var beyond = world.Nodes.Where((_, i) => (cut & 1 << i) != 0).ToArray();
            if (losesConnection) foreach (var node in beyond) world.Registry.PresenceLost(node);
            world.Pass(12, node => !(losesHeartbeats && beyond.Contains(node)));
            Assert.Equal(beyond, world.Lost.Order(Comparer<NodeId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
            world.Pass(30, _ => true);
            Assert.Equal(beyond.Length, world.Lost.Count);
            Assert.All(world.Registry.List(), node => Assert.True(node.TakesWork));
        }
    }

    [Fact]
    public void A_coordinator_that_is_cut_off_itself_declares_nobody_lost()
    {
        var world = new World();
        world.Pass(20, _ => true);
        world.Registry.Connection(isUp: false);
        foreach (var node in world.Nodes) world.Registry.PresenceLost(node);
        world.Pass(300, _ => false);
        world.Registry.Connection(isUp: true);
        world.Pass(9, _ => false);
        world.Pass(30, _ => true);
        Assert.Empty(world.Lost);
    }

    /// <summary>Whoever is beyond a cut may believe to be the leader until it hears otherwise; the journal believes only the last one that came.</summary>
    [Fact]
    public async Task Under_every_cut_of_five_seeds_only_the_one_that_was_elected_last_can_write()
    {
        using var folder = new TempFolder();
        await using var journal = SqliteJournal.Open(folder.At("journal.db"));
        var clip = new ClipId("toy");
        var written = 0L;
        for (var cut = 0; cut < 1 << Count; cut++)
        {
            var claims = new List<ShardOwnership>();
            for (var seed = 0; seed < Count; seed++)
                if ((cut & 1 << seed) == 0) claims.Add(await journal.AcquireAsync(2, $"seed-{seed}", DateTimeOffset.UnixEpoch, CancellationToken.None));
            foreach (var claim in Enumerable.Reverse(claims))
            {
                ClipEvent[] events = [new ClipEvent.Resumed(DateTimeOffset.UnixEpoch, claim.Owner, "test")];
                var writing = journal.AppendAsync(claim.Of(clip), clip, written, events, new ClipSummary(ClipPhase.Running), CancellationToken.None);
                if (claim == claims[^1]) written = await writing;
                else await Assert.ThrowsAsync<StaleOwnerException>(() => writing);
            }
        }

        Assert.Equal((1 << Count) - 1, (await journal.LoadAsync(clip, CancellationToken.None)).Count);
    }

    private sealed class World
    {
        private readonly ManualTime _time = new();
        private long _sequence;

        public World()
        {
            Registry = new NodeRegistry(new SteadyClock(_time), new NodeTimings());
            Registry.Changed += change =>
            {
                if (change is NodeChange.Lost lost) Lost.Add(lost.Node.Id);
            };
        }

        public NodeRegistry Registry { get; }

        public IReadOnlyList<NodeId> Nodes { get; } = [.. Enumerable.Range(0, Count).Select(i => new NodeId($"node-{i}"))];

        public List<NodeId> Lost { get; } = [];

        public void Pass(int seconds, Func<NodeId, bool> isHeard)
        {
            for (var i = 0; i < seconds; i++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                foreach (var node in Nodes.Where(isHeard)) Registry.Beat(Beat(node));
                Registry.Check();
            }
        }

        private NodeProtocol.Heartbeat Beat(NodeId node) => new(node, "one", ++_sequence, "1", ["render"], new(ImmutableSortedDictionary<WorkerPool, int>.Empty, 1, 1, []), NodeCondition.Up, [],
            new(0, 0, 0, []), "host");
    }
}
