namespace Depth3D.Cluster.Fixtures;

/// <summary>A clock that only the test moves. Timers fire inside <see cref="Advance"/>, in order of their due time.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly SemaphoreSlim _armed = new(0);
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _jump;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now + _jump;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return _now.Ticks;
    }

    /// <summary>Sets the wall clock without letting time pass.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_gate) _jump += by;
    }

    /// <summary>Lets time pass as for a process that stands still: no timer fires.</summary>
    public void Freeze(TimeSpan by)
    {
        lock (_gate) _now += by;
    }

    /// <summary>Waits until code under test has armed another timer.</summary>
    public async Task ArmedAsync(string phase)
    {
        if (!await _armed.WaitAsync(TimeSpan.FromSeconds(30))) throw new TimeoutException($"no timer was armed in phase: {phase}");
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_gate) end = _now + by;
        while (true)
        {
            Timer? due;
            lock (_gate)
            {
                due = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                _now = due?.Due ?? end;
                due?.Next();
            }

            if (due is null) return;
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public void Next()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else time._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime < TimeSpan.Zero) return true;
                Due = time._now + dueTime;
                time._timers.Add(this);
            }

            time._armed.Release();
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
