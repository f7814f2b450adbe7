using System.Collections.Immutable;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

public sealed class NodeRegistryTests
{
    private static readonly NodeId Node = new("n1");
    private static readonly Actor Operator = new("ann", "smoke");

    private readonly ManualTime _time = new();
    private readonly NodeRegistry _registry;
    private readonly List<NodeChange> _changes = [];

    public NodeRegistryTests()
    {
        _registry = new NodeRegistry(new SteadyClock(_time), new NodeTimings());
        _registry.Changed += _changes.Add;
    }

    [Fact]
    public void A_silent_node_is_lost_after_ten_seconds_and_up_again_when_it_speaks()
    {
        Pass(10);
        Beat(1);
        Pass(9);
        _registry.Check();
        Assert.Empty(Lost);
        Pass(1);
        _registry.Check();
        _registry.Check();
        Assert.Contains("silent for 10 s", Assert.Single(Lost).Reason, StringComparison.Ordinal);
        Assert.False(_registry.Find(Node)!.TakesWork);
        Beat(2);
        Assert.True(_registry.Find(Node)!.TakesWork);
    }

    [Fact]
    public void Nobody_is_lost_while_the_broker_is_away_nor_in_the_grace_after_it()
    {
        Pass(10);
        Beat(1);
        _registry.Connection(isUp: false);
        Pass(300);
        _registry.Check();
        _registry.PresenceLost(Node);
        _registry.Connection(isUp: true);
        Pass(9);
        Assert.True(_registry.IsQuiet);
        _registry.Check();
        _registry.PresenceLost(Node);
        Assert.Empty(Lost);
        Pass(2);
        _registry.Check();
        Assert.Empty(Lost);
        Pass(9);
        _registry.Check();
        Assert.Single(Lost);
    }

    [Fact]
    public void A_new_coordinator_waits_for_nodes_the_journal_names_and_gives_them_up_when_they_stay_silent()
    {
        _registry.Expect(Node);
        Pass(10);
        _registry.Check();
        Assert.Empty(Lost);
        Pass(10);
        _registry.Check();
        Assert.Single(Lost);
    }

    [Fact]
    public void A_lost_node_whose_claim_comes_late_is_given_up_once_more()
    {
        Pass(10);
        Beat(1);
        Pass(10);
        _registry.Check();
        Assert.Single(Lost);
        _registry.Expect(Node);
        Assert.False(_registry.Find(Node)!.TakesWork);
        Pass(10);
        _registry.Check();
        Assert.Equal(2, Lost.Count());
        Beat(2);
        Assert.True(_registry.Find(Node)!.TakesWork);
    }

    [Fact]
    public void A_connection_that_is_gone_loses_the_node_at_once()
    {
        Pass(10);
        Beat(1);
        _registry.PresenceLost(Node);
        _registry.PresenceLost(Node);
        Assert.Equal("its connection is gone", Assert.Single(Lost).Reason);
    }

    [Fact]
    public void A_node_started_anew_loses_what_the_earlier_session_held_but_for_what_it_still_names()
    {
        Beat(1, "a");
        var held = new HeldTask(new ClipId("c"), new TaskId("s", 0), 3, IsEnded: true);
        Beat(1, "b", held: held);
        Assert.Equal([held], Assert.Single(Lost).Kept);
        Beat(7, "a");
        Assert.Equal("b", _registry.Find(Node)!.Session);
        Assert.Equal(2, _changes.OfType<NodeChange.Heard>().Count());
    }

    [Fact]
    public void Late_and_doubled_heartbeats_are_ignored()
    {
        Beat(5);
        Beat(4);
        Beat(5);
        Assert.Single(_changes);
        _registry.Left(new(Node, "a"));
        Assert.Equal(NodeReach.Left, _registry.Find(Node)!.Reach);
        Beat(6);
        Assert.Equal(NodeReach.Left, _registry.Find(Node)!.Reach);
        _registry.Left(new(Node, "other"));
        Assert.Single(Lost);
    }

    [Fact]
    public void A_node_declared_down_counts_only_when_it_starts_anew()
    {
        Beat(1);
        Assert.True(_registry.Down(Node, Operator));
        Beat(2);
        Assert.Equal("declared down: by ann, smoke", _registry.Find(Node)!.Obstacle);
        Beat(1, "b");
        Assert.True(_registry.Find(Node)!.TakesWork);
        Assert.False(_registry.Down(new NodeId("nobody"), Operator));
    }

    [Fact]
    public void Cordons_are_said_once_and_outlive_the_node_and_the_coordinator()
    {
        _registry.Cordon(Node, Operator);
        Beat(1);
        Assert.Equal("cordoned by ann: smoke", _registry.Find(Node)!.Obstacle);
        Beat(1, "b");
        Assert.False(_registry.Find(Node)!.TakesWork);
        _registry.Uncordon(Node, Operator);
        Assert.True(_registry.Find(Node)!.TakesWork);
        Assert.Equal([true, false], _changes.OfType<NodeChange.Stood>().Select(s => s.Standing.IsCordoned));

        var next = new NodeRegistry(new SteadyClock(_time), new NodeTimings());
        next.Restore([new NodeStanding(Node, true, "ann", "smoke", default)]);
        next.Beat(Heartbeat(1, "b", NodeCondition.Up));
        Assert.False(next.Find(Node)!.TakesWork);
    }

    [Theory]
    [InlineData(NodeCondition.Draining, "draining")]
    [InlineData(NodeCondition.Paused, "paused by itself")]
    public void A_node_that_says_it_takes_nothing_gets_nothing(NodeCondition condition, string obstacle)
    {
        Beat(1, condition: condition);
        Assert.Equal((false, obstacle), (_registry.Find(Node)!.TakesWork, _registry.Find(Node)!.Obstacle));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wall_clock_that_jumps_loses_and_keeps_nobody(int hours)
    {
        Pass(10);
        Beat(1);
        _time.Jump(TimeSpan.FromHours(hours));
        _registry.Check();
        Assert.Empty(Lost);
        Pass(10);
        _registry.Check();
        Assert.Single(Lost);
    }

    [Fact]
    public void Only_a_node_that_is_not_up_is_forgotten()
    {
        Beat(1);
        Assert.False(_registry.Forget(Node));
        _registry.Left(new(Node, "a"));
        Assert.True(_registry.Forget(Node));
        Assert.Empty(_registry.List());
    }

    private IEnumerable<NodeChange.Lost> Lost => _changes.OfType<NodeChange.Lost>();

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Beat(long sequence, string session = "a", NodeCondition condition = NodeCondition.Up, params HeldTask[] held) =>
        _registry.Beat(Heartbeat(sequence, session, condition, held));

    private static NodeProtocol.Heartbeat Heartbeat(long sequence, string session, NodeCondition condition, params HeldTask[] held) => new(
        Node, session, sequence, "1", ["render"], new NodeCapacity(ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.Render, 1), 1, 0, []),
        condition, held, new NodeUsage(0, 0, 0, []), "host");
}
