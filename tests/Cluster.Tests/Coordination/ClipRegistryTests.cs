using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Coordination;

/// <summary>Clips that come to memory and leave it, snapshots, and owners that follow each other.</summary>
public sealed class ClipRegistryTests : IAsyncLifetime, IDisposable
{
    private static readonly ClipId Clip = new("x");

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SteadyClock _clock;
    private readonly CountingJournal _journal;

    public ClipRegistryTests()
    {
        _clock = new SteadyClock(_time);
        _journal = new CountingJournal(SqliteJournal.Open(_folder.At("journal.db")));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_owner_takes_a_snapshot_and_the_events_after_it_for_the_whole_stream()
    {
        var first = await OwnerAsync(new CoordinatorTimings { SnapshotEvery = 4 });
        await first.ApplyAsync(Clip, Submit, default);
        await first.ApplyAsync(Clip, PlanA, default);
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            await first.ApplyAsync(Clip, Claim(First), default);
            await first.ApplyAsync(Clip, new ClipCommand.Release(Now, First, epoch, "again"), default);
        }

        var before = await first.StateAsync(Clip, default);
        var second = await OwnerAsync(new CoordinatorTimings());
        Assert.Equal(Describe(before), Describe(await second.StateAsync(Clip, default)));
        Assert.Equal(Describe(before), Describe(ClipEntity.Replay(await _journal.LoadAsync(Clip, default))));
        Assert.Equal(3, _journal.Snapshots);
        Assert.Equal((12, 0), ((int)_journal.LastTail!.Sequence, _journal.LastTail.Events.Count));
        await second.ApplyAsync(Clip, Claim(First), default);
        Assert.Equal(13, (await _journal.LoadAsync(Clip, default)).Count);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_stored_costs_nothing_but_time()
    {
        var owner = await OwnerAsync(new CoordinatorTimings { SnapshotEvery = 1 });
        _journal.RefusesSnapshots = true;
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        Assert.Equal(2, (await (await OwnerAsync(new CoordinatorTimings())).StateAsync(Clip, default)).Tasks.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"phase":"Running","stages":[{"spec":{"name":"../x"}}]}""")]
    public async Task A_damaged_snapshot_is_passed_over(string text)
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        await _journal.SaveSnapshotAsync(Clip, new ClipSnapshot(1, SnapshotCodec.Version, text.Length > 2 ? LineSeal.Put(text) : text), default);
        var again = await OwnerAsync(new CoordinatorTimings());
        Assert.Equal(Describe(await owner.StateAsync(Clip, default)), Describe(await again.StateAsync(Clip, default)));
        await again.ApplyAsync(Clip, Claim(First), default);
        Assert.Equal(3, (await _journal.LoadAsync(Clip, default)).Count);
    }

    [Fact]
    public async Task A_snapshot_in_which_a_bit_flipped_reads_well_and_is_passed_over()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        await owner.ApplyAsync(Clip, Claim(First), default);
        var state = await owner.StateAsync(Clip, default);
        var good = SnapshotCodec.Write(state, 3);
        Assert.True(SnapshotCodec.TryRead(good, out var read));
        Assert.Equal(Describe(state), Describe(read));

        var flipped = good with { State = good.State.Replace("\"epoch\":1", "\"epoch\":3", StringComparison.Ordinal) };
        Assert.NotEqual(good, flipped);
        Assert.False(SnapshotCodec.TryRead(flipped, out _));
        await _journal.SaveSnapshotAsync(Clip, flipped, default);
        Assert.Equal(Describe(state), Describe(await (await OwnerAsync(new CoordinatorTimings())).StateAsync(Clip, default)));
    }

    [Fact]
    public async Task Commands_that_come_together_share_one_write_and_a_refused_one_stops_none_behind_it()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        await owner.ApplyAsync(Clip, Claim(First), default);
        var writes = _journal.Appends;
        var second = First with { TaskIndex = 1 };
        var decisions = await owner.ApplyAsync(Clip, [new ClipCommand.Complete(Now, First, 1, []), Claim(First), Claim(second)], default);
        Assert.Equal([null, Refusal.AlreadyDone, null], decisions.Select(d => d.Refusal));
        Assert.Equal(writes + 1, _journal.Appends);
        Assert.Equal([TaskPhase.Done, TaskPhase.Running], (await owner.StateAsync(Clip, default)).Tasks.OrderBy(t => t.Key.TaskIndex).Select(t => t.Value.Phase));
    }

    [Fact]
    public async Task Only_clips_that_have_ended_or_not_begun_and_rest_leave_memory_and_come_back_as_they_were()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        var (running, waiting, cancelled, busy) = (new ClipId("running"), new ClipId("waiting"), new ClipId("cancelled"), new ClipId("busy"));
        foreach (var clip in new[] { running, waiting, cancelled, busy }) await owner.ApplyAsync(clip, Submit, default);
        await owner.ApplyAsync(running, PlanA, default);
        await owner.ApplyAsync(cancelled, Cancel(), default);
        foreach (var command in new ClipCommand[] { PlanA, Claim(First), Cancel() }) await owner.ApplyAsync(busy, command, default);

        Assert.Equal(0, owner.Passivate(TimeSpan.FromMinutes(5)));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, owner.Passivate(TimeSpan.FromMinutes(5)));
        Assert.True(owner.LiveCount == 2 && owner.IsLive(running) && owner.IsLive(busy));
        Assert.Equal(ClipPhase.Running, (await owner.StateAsync(waiting, default)).Phase);
        Assert.Equal(ClipPhase.Cancelled, (await owner.StateAsync(cancelled, default)).Phase);
        await owner.ApplyAsync(cancelled, Resume, default);
        Assert.Equal(0, owner.Passivate(TimeSpan.Zero));
        Assert.Equal(ClipPhase.Running, (await owner.StateAsync(cancelled, default)).Phase);
    }

    [Fact]
    public async Task Clips_that_leave_memory_while_others_ask_for_them_lose_nothing()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        using var done = new CancellationTokenSource();
        var passivating = Task.Run(() =>
        {
            var left = 0;
            while (!done.IsCancellationRequested) left += owner.Passivate(TimeSpan.FromTicks(-1));
            return left;
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (_, _) =>
        {
            await owner.ApplyAsync(Clip, Cancel(), default);
            await owner.ApplyAsync(Clip, Resume, default);
        });
        await done.CancelAsync();
        var events = await _journal.LoadAsync(Clip, default);
        Assert.Equal(Describe(await owner.StateAsync(Clip, default)), Describe(ClipEntity.Replay(events)));
        Assert.True(await passivating.Within("the passivation to stop") >= 0);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task A_new_owner_gives_running_attempts_a_whole_lease_by_its_own_clock(int aheadSeconds)
    {
        var timings = new CoordinatorTimings { Lease = TimeSpan.FromSeconds(30), TrainerLease = TimeSpan.FromSeconds(60) };
        var first = await OwnerAsync(timings);
        await first.ApplyAsync(Clip, Submit, default);
        await first.ApplyAsync(Clip, PlanA, default);
        await first.ApplyAsync(Clip, Claim(First) with { Now = _clock.Now, Lease = timings.Lease }, default);

        var elsewhere = new ManualTime();
        elsewhere.Jump(TimeSpan.FromSeconds(aheadSeconds));
        var clock = new SteadyClock(elsewhere);
        var second = new ClipRegistry(_journal, clock, timings);
        await second.AcquireAsync(4, "second", default);
        Assert.Equal(clock.Now + timings.Lease, (await second.StateAsync(Clip, default)).Tasks[First].LeaseUntil);
        Assert.Empty((await second.ApplyAsync(Clip, new ClipCommand.ExpireLeases(clock.Now + TimeSpan.FromSeconds(29)), default)).Events);
        Assert.Single((await second.ApplyAsync(Clip, new ClipCommand.ExpireLeases(clock.Now + TimeSpan.FromSeconds(31)), default)).Events);
    }

    [Fact]
    public async Task Commands_that_come_while_the_journal_writes_share_the_next_write_in_their_order()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        var heard = new List<Type>();
        owner.Changed += (_, events, _) => heard.AddRange(events.Select(e => e.GetType()));
        var write = _journal.Hold();
        var claim = owner.ApplyAsync(Clip, Claim(First), default);
        var pause = owner.ApplyAsync(Clip, new ClipCommand.Pause(Now, ClipPart.Whole, new Actor("me", "")), default);
        var release = owner.ApplyAsync(Clip, new ClipCommand.Release(Now, First, 1, "again"), default);
        Assert.Empty((await owner.StateAsync(Clip, default)).RunningIds);
        var before = _journal.Appends;
        write.SetResult();
        var decisions = await Task.WhenAll(claim, pause, release);
        Assert.All(decisions, d => Assert.Null(d.Refusal));
        Assert.Equal(before + 1, _journal.Appends);
        Assert.Equal([typeof(ClipEvent.Claimed), typeof(ClipEvent.Held), typeof(ClipEvent.Released)], heard);
        Assert.Equal(Describe(await owner.StateAsync(Clip, default)), Describe(ClipEntity.Replay(await _journal.LoadAsync(Clip, default))));
    }

    [Fact]
    public async Task A_write_that_fails_fails_all_that_shared_it_and_the_next_command_reads_the_journal_again()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        var faults = new List<Exception>();
        owner.Faulted += (_, e) => faults.Add(e);
        var write = _journal.Hold();
        var claim = owner.ApplyAsync(Clip, Claim(First), default);
        var pause = owner.ApplyAsync(Clip, new ClipCommand.Pause(Now, ClipPart.Whole, new Actor("me", "")), default);
        var release = owner.ApplyAsync(Clip, new ClipCommand.Release(Now, First, 1, "again"), default);
        _journal.RefusesAppends = true;
        write.SetResult();
        await claim;
        await Assert.ThrowsAsync<Depth3DException>(() => pause);
        await Assert.ThrowsAsync<Depth3DException>(() => release);
        Assert.Single(faults);
        _journal.RefusesAppends = false;
        Assert.Null((await owner.ApplyAsync(Clip, new ClipCommand.Release(Now, First, 1, "again"), default)).Refusal);
        Assert.Equal(4, (await _journal.LoadAsync(Clip, default)).Count);
    }

    [Fact]
    public async Task Who_gives_up_before_the_commands_turn_is_not_heard_and_after_it_learns_the_decision()
    {
        var owner = await OwnerAsync(new CoordinatorTimings());
        await owner.ApplyAsync(Clip, Submit, default);
        await owner.ApplyAsync(Clip, PlanA, default);
        using var gone = new CancellationTokenSource();
        var write = _journal.Hold();
        var claim = owner.ApplyAsync(Clip, Claim(First), gone.Token);
        var pause = owner.ApplyAsync(Clip, new ClipCommand.Pause(Now, ClipPart.Whole, new Actor("me", "")), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
        write.SetResult();
        Assert.Single((await claim).Events);
        Assert.Equal(3, (await _journal.LoadAsync(Clip, default)).Count);
        Assert.Single((await owner.StateAsync(Clip, default)).RunningIds);
    }

    private async Task<ClipRegistry> OwnerAsync(CoordinatorTimings timings)
    {
        var owner = new ClipRegistry(_journal, _clock, timings);
        await owner.AcquireAsync(4, "test", default);
        return owner;
    }

    private sealed class CountingJournal(IJournal inner) : JournalWrapper(inner)
    {
        public int Snapshots { get; private set; }

        public bool RefusesSnapshots { get; set; }

        public JournalTail? LastTail { get; private set; }

        public bool RefusesAppends { get; set; }

        public int Appends { get; private set; }

        private TaskCompletionSource? Gate { get; set; }

        /// <summary>Lets the next append wait; those after it do not.</summary>
        public TaskCompletionSource Hold() => Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<long> AppendAsync(ShardOwner owner, ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipSummary summary,
            CancellationToken cancellation)
        {
            if (RefusesAppends) throw new Depth3DException("disk full", kind: FailureKind.Storage);
            var gate = Gate;
            Gate = null;
            if (gate is not null) await gate.Task;
            else Appends++;
            return await base.AppendAsync(owner, clip, expectedSequence, events, summary, cancellation);
        }

        public override async Task<JournalTail> LoadTailAsync(ClipId clip, CancellationToken cancellation) =>
            LastTail = await base.LoadTailAsync(clip, cancellation);

        public override Task SaveSnapshotAsync(ClipId clip, ClipSnapshot snapshot, CancellationToken cancellation)
        {
            Snapshots++;
            return RefusesSnapshots
                ? throw new Depth3DException("disk full", kind: FailureKind.Storage)
                : base.SaveSnapshotAsync(clip, snapshot, cancellation);
        }
    }
}
