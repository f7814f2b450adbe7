using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

public sealed partial class Driver
{
    private void Follow(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        if (state.Phase == ClipPhase.None) return;
        if ((!_driven.TryGetValue(clip, out var driven) || events.Any(MayLoseTurn)) && !_admission.HasTurn(clip, state))
        {
            _driven.Remove(clip);
            return;
        }

        if (driven is null)
        {
            driven = _driven[clip] = new DrivenClip(clip, state, _timings.Resend);
            _feed.Synchronise(clip, [], state, _clock.Now);
            Expect(state);
        }
        else
        {
            StopReleased(driven, events);
            driven.State = state;
            _feed.Apply(clip, events, state, _clock.Now);
        }

        // A claim may come out of the queue when its sender is already lost: then nobody would miss it before its lease is over.
        foreach (var claimed in events.OfType<ClipEvent.Claimed>()) _nodes.Expect(new NodeId(claimed.Worker));
        foreach (var happened in events) Judge(clip, happened, state);
        foreach (var planned in events.OfType<ClipEvent.StagePlanned>())
            _admission.Planned(clip, state.Stages[planned.Stage].Spec.Pool, planned.Tasks.Count, _clock.Now);
        if (events.Count == 0 || events.Any(e => MayPlan(e, state))) Plan(driven);
        if (events.Any(e => e is ClipEvent.Failed or ClipEvent.Cancelled)) StopAttempts(driven);
        if (events.Count == 0 || events.Any(e => e is ClipEvent.Claimed)) WatchLeases(driven);
        if (!IsOver(state)) return;
        _driven.Remove(clip);
        _admission.Forget(clip);
    }

    /// <summary>Its terms change, or it is held back or resumed.</summary>
    private static bool MayLoseTurn(ClipEvent happened) => happened is ClipEvent.Prioritised or ClipEvent.Held or ClipEvent.Unheld;

    /// <summary>Begins clips whose turn has come.</summary>
    private async Task AdmitAsync()
    {
        while (NextTurn() is { } clip)
        {
            var state = await _clips.StateAsync(clip, _stop.Token).ConfigureAwait(false);
            lock (_gate) Follow(clip, [], state);
        }
    }

    private ClipId? NextTurn()
    {
        lock (_gate) return _admission.Next(_clock.Now);
    }

    private static bool IsOver(ClipState state) => state.Phase is not ClipPhase.Running && state.RunningIds.IsEmpty;

    private static bool MayPlan(ClipEvent happened, ClipState state) => happened switch
    {
        ClipEvent.Claimed or ClipEvent.Renewed or ClipEvent.Released or ClipEvent.TaskFailed or ClipEvent.Prioritised => false,
        ClipEvent.TaskCompleted e => state.Stages[e.Task.Stage].IsComplete,
        _ => true,
    };

    /// <summary>Keeps work away from a node that fails clip after clip, but not from the last one a pool has.</summary>
    private void Judge(ClipId clip, ClipEvent happened, ClipState state)
    {
        if (happened is ClipEvent.TaskCompleted done && state.Tasks[done.Task].Worker is { } worker) _failures.Succeeded(new NodeId(worker));
        if (happened is not ClipEvent.TaskFailed { Worker.Length: > 0 } failed) return;
        var node = new NodeId(failed.Worker);
        if (_failures.Failed(node, clip, failed.Kind, failed.Text) is not { } why) return;
        if (_scheduler.IsLast(node)) LogLastNode(_log, node, why);
        else if (_nodes.Find(node) is { Cordon: null }) _nodes.Cordon(node, new Actor(Actor.Cluster, why));
    }

    /// <summary>Whoever holds a lease should be heard of; if not, it counts as lost.</summary>
    private void Expect(ClipState state)
    {
        foreach (var (_, task) in state.Running) _nodes.Expect(new NodeId(task.Worker!));
    }

    private void Plan(DrivenClip driven)
    {
        driven.Planning.Keep(driven.State.Plannable.ToHashSet());
        foreach (var stage in driven.State.Plannable.Where(s => !driven.Planning.Contains(s)).ToArray()) Plan(driven, stage);
    }

    private void Plan(DrivenClip driven, StageName stage)
    {
        if (_scheduler.NextNode(driven.State.Stages[stage].Spec.Pool) is not { } node)
        {
            _unplanned.Add(driven.Clip);
            return;
        }

        driven.Planning.Add(stage, _clock.Now);
        var inputs = InputOffer.Of(driven.State, driven.Clip, stage);
        var message = new PlanProtocol.Plan(driven.Clip, stage, driven.State.Recipe, driven.State.OptionsJson, inputs.Inline, inputs.Elsewhere);
        _sender.Post(c => _outlet.PlanAsync(node, message, c));
    }

    /// <summary>A node came: clips that found nobody to plan a stage try again.</summary>
    private void PlanAgain()
    {
        var waiting = _unplanned.ToArray();
        _unplanned.Clear();
        foreach (var clip in waiting)
        {
            if (_driven.TryGetValue(clip, out var driven)) Plan(driven);
        }
    }

    private void StopAttempts(DrivenClip driven)
    {
        foreach (var (id, task) in driven.State.Running)
        {
            var (node, message) = (new NodeId(task.Worker!), new WorkerProtocol.Stop(driven.Clip, id, task.Epoch, $"the clip is {driven.State.Phase}"));
            _sender.Post(c => _outlet.StopAsync(node, message, c));
        }
    }

    /// <summary>
    /// Tells a node that an attempt of it was taken back. It would learn that from its next renewal; a released attempt of a node that is
    /// gone finds nobody, and one that the node gave back itself is not there any more.
    /// </summary>
    private void StopReleased(DrivenClip driven, IReadOnlyList<ClipEvent> events)
    {
        foreach (var released in events.OfType<ClipEvent.Released>())
        {
            if (!driven.State.Tasks.TryGetValue(released.Task, out var task) || task.Worker is not { } worker || task.Epoch != released.Epoch) continue;
            var message = new WorkerProtocol.Stop(driven.Clip, released.Task, released.Epoch, released.Reason);
            if (_nodes.Find(new NodeId(worker)) is { Reach: NodeReach.Up } node) _sender.Post(c => _outlet.StopAsync(node.Id, message, c));
        }
    }

    private void WatchLeases(DrivenClip driven)
    {
        if (driven.NextExpiry is not null || driven.State.RunningIds.IsEmpty) return;
        var next = driven.State.Running.Min(r => r.Task.LeaseUntil);
        driven.NextExpiry = next;
        _expiries.Enqueue(driven.Clip, next);
    }

    /// <summary>Looks at the leases of clips whose next one may have run out; renewals since then only put it off.</summary>
    private void Expire()
    {
        if (_nodes.IsQuiet) return;
        var due = new List<DrivenClip>();
        while (_expiries.TryPeek(out var clip, out var at) && at < _clock.Now)
        {
            _expiries.Dequeue();
            if (!_driven.TryGetValue(clip, out var driven) || driven.NextExpiry != at) continue;
            driven.NextExpiry = null;
            due.Add(driven);
        }

        foreach (var driven in due)
        {
            if (driven.State.Running.Any(r => r.Task.LeaseUntil < _clock.Now)) _commands.Add((driven.Clip, new ClipCommand.ExpireLeases(_clock.Now)));
            else WatchLeases(driven);
        }
    }

    /// <summary>Asks again where no answer came.</summary>
    private void Remind()
    {
        while (_hints.TryPeek(out var hint, out var at) && at <= _clock.Now)
        {
            _hints.Dequeue();
            if (!_scheduler.AwaitsClaim(hint.Clip, hint.Task, hint.Try)) continue;
            LogResend(_log, hint.Clip, hint.Task);
            _scheduler.Unanswered(hint.Clip, hint.Task);
        }

        foreach (var driven in _driven.Values)
            foreach (var stage in driven.Planning.Due(_clock.Now)) Plan(driven, stage);
    }
}
