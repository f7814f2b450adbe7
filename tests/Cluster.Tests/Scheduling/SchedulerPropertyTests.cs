using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>What must hold whatever happens, over random histories.</summary>
public sealed class SchedulerPropertyTests
{
    private const int Steps = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Nothing_is_lost_doubled_overbooked_or_left_waiting_beside_room(int seed)
    {
        var history = new RandomHistory(seed);
        for (var i = 0; i < Steps; i++)
        {
            history.Act();
            var before = history.Waiting.ToHashSet();
            var placed = history.World.Place();
            history.Note(placed);

            Assert.Equal(placed.Count, placed.Select(p => (p.Clip, p.Task)).Distinct().Count());
            Assert.All(placed, p => Assert.Contains((p.Clip, p.Task), before));
            Assert.Equal(history.Waiting.Count, history.World.Scheduler.WaitingCount);
            history.CheckRoom();
            history.CheckNobodyWaitsBesideRoom();
            history.CheckPriorities(placed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_history_gives_the_same_placements(int seed)
    {
        var (one, other) = (new RandomHistory(seed), new RandomHistory(seed));
        for (var i = 0; i < Steps; i++)
        {
            one.Act();
            other.Act();
            var placed = one.World.Place();
            Assert.Equal(placed, other.World.Place());
            one.Note(placed);
            other.Note(placed);
        }
    }

    /// <summary>Nodes come, go and close; clips come, change their priority and go; tasks are offered, withdrawn, refused and ended.</summary>
    private sealed class RandomHistory(int seed)
    {
        private static readonly long[] Gpus = [8L << 30, 24L << 30];

        private readonly Random _random = new(seed);
        private readonly Dictionary<NodeId, (NodeCapacity Capacity, bool TakesWork)> _nodes = [];
        private readonly Dictionary<ClipId, int> _priorities = [];
        private readonly Dictionary<(ClipId, TaskId), TaskOffer> _offers = [];
        private int _made;

        public World World { get; } = new();

        public HashSet<(ClipId Clip, TaskId Task)> Waiting { get; } = [];

        public void Act()
        {
            switch (_random.Next(8))
            {
                case 0:
                    SetNode();
                    break;
                case 1:
                case 2:
                    AddTasks();
                    break;
                case 3:
                    Withdraw();
                    break;
                case 4 when _priorities.Count > 0:
                    SetTerms(_priorities.Keys.ElementAt(_random.Next(_priorities.Count)), _random.Next(3));
                    break;
                case 5 when _priorities.Count > 4:
                    RemoveClip(_priorities.Keys.ElementAt(_random.Next(_priorities.Count)));
                    break;
                default:
                    for (var left = _random.Next(4); left > 0; left--) World.Step();
                    break;
            }
        }

        public void Note(IReadOnlyList<Placement> placed)
        {
            foreach (var p in placed) Waiting.Remove((p.Clip, p.Task));
        }

        public void CheckRoom()
        {
            foreach (var (node, (capacity, _)) in _nodes)
            {
                var needs = World.Running.Where(r => r.Value.Node == node).Select(r => _offers[r.Key].Needs).ToArray();
                Assert.True(needs.Length <= capacity.Slots[WorkerPool.Render]);
                Assert.True(needs.Sum(n => n.CpuSlots) <= capacity.CpuSlots);
                Assert.True(needs.Sum(n => n.Gpus) <= capacity.Gpus.Count);
                Assert.True(needs.Where(n => n.GpuMemoryBytes > Gpus[0]).Sum(n => n.Gpus) <= capacity.Gpus.Count(g => g.MemoryBytes > Gpus[0]));
            }
        }

        /// <summary>A waiting task that would fit somewhere is there only because a task before it has reserved the node.</summary>
        public void CheckNobodyWaitsBesideRoom()
        {
            if (World.Scheduler.Shapes.Any(s => s.Count > 0 && s.Nodes is { HasFree: false, Tight: not null })) return;
            foreach (var waiting in Waiting)
                Assert.DoesNotContain(_nodes, n => n.Value.TakesWork && Fits(n.Key, n.Value.Capacity, _offers[waiting].Needs));
        }

        /// <summary>Nobody was placed where a task of higher priority that waits still would have fitted.</summary>
        public void CheckPriorities(IReadOnlyList<Placement> placed)
        {
            foreach (var p in placed)
            {
                var needs = _offers[(p.Clip, p.Task)].Needs;
                Assert.DoesNotContain(Waiting, w => _priorities[w.Clip] > _priorities[p.Clip] && IsWithin(_offers[w].Needs, needs));
            }
        }

        private static bool IsWithin(ResourceRequest one, ResourceRequest other) =>
            one.CpuSlots <= other.CpuSlots && one.Gpus <= other.Gpus && (one.Gpus == 0 || one.GpuMemoryBytes <= other.GpuMemoryBytes);

        private bool Fits(NodeId node, NodeCapacity capacity, ResourceRequest needs)
        {
            var taken = World.Running.Where(r => r.Value.Node == node).Select(r => _offers[r.Key].Needs).ToArray();
            if (taken.Length >= capacity.Slots[WorkerPool.Render] || taken.Sum(t => t.CpuSlots) + needs.CpuSlots > capacity.CpuSlots) return false;
            return needs.Gpus == 0 || (taken.Sum(t => t.Gpus) == 0 && capacity.Gpus.Count(g => g.MemoryBytes >= needs.GpuMemoryBytes) >= needs.Gpus);
        }

        private void SetNode()
        {
            var node = World.Node(_random.Next(6));
            if (!_nodes.TryGetValue(node, out var known))
            {
                var gpus = Enumerable.Range(0, _random.Next(3)).Select(_ => Gpus[_random.Next(2)]).ToArray();
                known = (World.Capacity(_random.Next(1, 4), _random.Next(1, 9), 0, gpus), true);
            }
            else
            {
                known.TakesWork = !known.TakesWork;
            }

            _nodes[node] = known;
            World.Scheduler.SetNode(node, known.Capacity, known.TakesWork);
        }

        private void AddTasks()
        {
            var clip = new ClipId($"c{_random.Next(8)}");
            if (!_priorities.ContainsKey(clip)) SetTerms(clip, _random.Next(3));
            for (var left = _random.Next(1, 5); left > 0; left--)
            {
                var gpus = _random.Next(4) == 0 ? 1 : 0;
                var offer = World.Task(_made++, new ResourceRequest(_random.Next(1, 5), gpus, gpus * Gpus[_random.Next(2)]));
                _offers[(clip, offer.Task)] = offer;
                Waiting.Add((clip, offer.Task));
                World.Offer(clip, offer, TimeSpan.FromSeconds(_random.Next(1, 100)));
            }
        }

        private void SetTerms(ClipId clip, int priority)
        {
            _priorities[clip] = priority;
            World.Scheduler.SetClip(clip, new ClipTerms($"p{clip.Value[1] % 3}", priority, 1 + clip.Value[1] % 4));
        }

        private void Withdraw()
        {
            if (Waiting.Count == 0) return;
            var (clip, task) = Waiting.ElementAt(_random.Next(Waiting.Count));
            Waiting.Remove((clip, task));
            World.Scheduler.Withdraw(clip, task);
        }

        private void RemoveClip(ClipId clip)
        {
            World.Scheduler.RemoveClip(clip);
            _priorities.Remove(clip);
            Waiting.RemoveWhere(w => w.Clip == clip);
            foreach (var run in World.Running.Keys.Where(r => r.Clip == clip).ToArray()) World.Running.Remove(run);
        }
    }
}
