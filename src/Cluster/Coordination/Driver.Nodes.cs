using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

public sealed partial class Driver
{
    private void Follow(NodeChange change)
    {
        var node = change.Node;
        switch (change)
        {
            case NodeChange.Heard heard:
                Offer(node);
                Renew(node, heard.Held);
                break;
            case NodeChange.Stood:
                Offer(node);
                break;
            case NodeChange.Lost lost:
                Offer(node);
                Release(node, lost.Reason, lost.Kept);
                break;
            case NodeChange.Forgotten:
                _scheduler.RemoveNode(node.Id);
                break;
        }
    }

    private void Offer(KnownNode node)
    {
        if (node.Beat is { } beat && _scheduler.SetNode(node.Id, beat.Capacity, node.TakesWork) && node.TakesWork) PlanAgain();
    }

    /// <summary>A heartbeat renews what the node holds, and gives up what it should hold and does not: there the grant got lost.</summary>
    private void Renew(KnownNode node, IReadOnlyList<HeldTask> held)
    {
        var epochs = held.ToDictionary(h => (h.Clip, h.Task), h => h.Epoch);
        foreach (var (clip, task, epoch, since) in _scheduler.RunningOn(node.Id))
        {
            if (epochs.TryGetValue((clip, task), out var known) && known == epoch) Renew(clip, task, epoch);
            else if (_clock.Now - since > _timings.Missing && !_nodes.IsQuiet)
                _commands.Add((clip, new ClipCommand.Release(_clock.Now, task, epoch, $"{node.Id} does not hold it")));
        }
    }

    private void Renew(ClipId clip, TaskId task, long epoch)
    {
        if (!_driven.TryGetValue(clip, out var driven) || !driven.State.Tasks.TryGetValue(task, out var state)) return;
        var lease = _timings.LeaseOf(driven.State.Stages[task.Stage].Spec.Pool);
        if (state.LeaseUntil - _clock.Now < lease / 2) _commands.Add((clip, new ClipCommand.Renew(_clock.Now, task, epoch, lease)));
    }

    private void Release(KnownNode node, string reason, IReadOnlyList<HeldTask> kept)
    {
        foreach (var (clip, task, epoch, _) in _scheduler.RunningOn(node.Id))
        {
            if (kept.Any(k => k.Clip == clip && k.Task == task && k.Epoch == epoch)) continue;
            _commands.Add((clip, new ClipCommand.Release(_clock.Now, task, epoch, $"{node.Id}: {reason}")));
        }
    }
}
