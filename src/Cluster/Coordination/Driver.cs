using System.Threading.Channels;
using Depth3D.Cluster.Dispatch;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// Moves clips on. One loop looks at a clip when it changed and at every tick, and sends hints for what the state says is missing:
/// stages to plan, tasks to claim. It is level-triggered: a hint that got lost is sent again, because the state still misses it. So
/// a restart needs nothing but the journal.
/// </summary>
public sealed partial class Driver : IAsyncDisposable
{
    private readonly ClipRegistry _clips;
    private readonly IWorkOutlet _outlet;
    private readonly SteadyClock _clock;
    private readonly CoordinatorTimings _timings;
    private readonly IReadOnlyDictionary<WorkerPool, int> _slots;
    private readonly ILogger _log;
    private readonly Dictionary<ClipId, DrivenClip> _driven = [];
    private readonly Channel<ClipId?> _wake = Channel.CreateUnbounded<ClipId?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _tick;
    private readonly Task _loop;

    public Driver(ClipRegistry clips, IWorkOutlet outlet, SteadyClock clock, TimeProvider time, CoordinatorTimings timings,
        IReadOnlyDictionary<WorkerPool, int> slots, ILogger<Driver> log)
    {
        (_clips, _outlet, _clock, _timings, _slots, _log) = (clips, outlet, clock, timings, slots, log);
        _clips.Changed += OnChanged;
        _tick = time.CreateTimer(_ => _wake.Writer.TryWrite(null), null, timings.Tick, timings.Tick);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Starts to move a clip on, from wherever its journal says it stands.</summary>
    public void Activate(ClipId clip) => _wake.Writer.TryWrite(clip);

    public async ValueTask DisposeAsync()
    {
        _clips.Changed -= OnChanged;
        await _tick.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void OnChanged(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        if (events.Any(e => e is not ClipEvent.Renewed)) _wake.Writer.TryWrite(clip);
    }

    private async Task LoopAsync()
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            try
            {
                var (changed, isTick) = Drain();
                if (isTick) await ExpireAsync().ConfigureAwait(false);
                foreach (var clip in changed) await LookAsync(clip).ConfigureAwait(false);
                if (isTick) await ResendAsync().ConfigureAwait(false);
                await DispatchAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(_log, e);
            }
        }
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            return await _wake.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private (HashSet<ClipId> Changed, bool IsTick) Drain()
    {
        var changed = new HashSet<ClipId>();
        var isTick = false;
        while (_wake.Reader.TryRead(out var clip))
        {
            if (clip is { } id) changed.Add(id);
            else isTick = true;
        }

        return (changed, isTick);
    }

    private async Task LookAsync(ClipId clip)
    {
        var state = await _clips.StateAsync(clip, _stop.Token).ConfigureAwait(false);
        if (!_driven.TryGetValue(clip, out var driven))
        {
            var pass = _driven.Count == 0 ? 0 : _driven.Values.Min(d => d.Pass);
            driven = _driven[clip] = new DrivenClip(clip, _timings.Resend) { Pass = pass };
        }

        driven.Look(state);
        if (state.Phase is ClipPhase.Failed or ClipPhase.Cancelled) await StopAttemptsAsync(driven).ConfigureAwait(false);
        foreach (var stage in state.Plannable.Where(s => !driven.Planning.Contains(s)).ToArray())
            await PlanAsync(driven, stage).ConfigureAwait(false);
        if (state.Phase is not ClipPhase.Running && !state.Running.Any()) _driven.Remove(clip);
    }

    private async Task DispatchAsync()
    {
        foreach (var (pool, slots) in _slots)
        {
            var credits = slots * _timings.CreditsPerSlot - _driven.Values.Sum(d => d.Busy(pool));
            foreach (var (clip, task) in Dispatcher.Decide(credits, _driven.Values.Select(d => d.Work(pool))))
            {
                _driven[clip].Release(task, _clock.Now);
                await _outlet.RunAsync(pool, new TaskProtocol.Run(clip, task), _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private Task PlanAsync(DrivenClip driven, StageName stage)
    {
        driven.Planning.Add(stage, _clock.Now);
        var before = driven.State.Ancestors(stage);
        var inputs = driven.State.Specs.Where(s => before.Contains(s.Name)).SelectMany(s => driven.State.Accepted(driven.Clip, s.Name)).ToArray();
        return _outlet.PlanAsync(driven.PoolOf(stage),
            new PlanProtocol.Plan(driven.Clip, stage, driven.State.Recipe, driven.State.OptionsJson, inputs), _stop.Token);
    }

    private async Task ResendAsync()
    {
        foreach (var driven in _driven.Values)
        {
            foreach (var task in driven.Released.Due(_clock.Now))
            {
                LogResend(_log, driven.Clip, task.ToString());
                driven.Released.Add(task, _clock.Now);
                await _outlet.RunAsync(driven.PoolOf(task.Stage), new TaskProtocol.Run(driven.Clip, task), _stop.Token).ConfigureAwait(false);
            }

            foreach (var stage in driven.Planning.Due(_clock.Now)) await PlanAsync(driven, stage).ConfigureAwait(false);
        }
    }

    private async Task ExpireAsync()
    {
        foreach (var driven in _driven.Values.Where(d => d.State.Running.Any()).ToArray())
        {
            var decision = await _clips.ApplyAsync(driven.Clip, new ClipCommand.ExpireLeases(_clock.Now), _stop.Token).ConfigureAwait(false);
            if (decision.Events.Count > 0) LogExpired(_log, driven.Clip, decision.Events.Count);
        }
    }

    private async Task StopAttemptsAsync(DrivenClip driven)
    {
        foreach (var (id, task) in driven.State.Running.ToArray())
        {
            var message = new WorkerProtocol.Stop(driven.Clip, id, task.Epoch, $"the clip is {driven.State.Phase}");
            await _outlet.StopAsync(task.Worker!, message, _stop.Token).ConfigureAwait(false);
        }
    }
}
