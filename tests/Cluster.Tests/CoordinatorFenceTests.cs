using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using static Depth3D.Messages.TaskProtocol;

namespace Depth3D.Cluster.Tests;

/// <summary>Leases and epochs over the coordinator's own clock.</summary>
public sealed class CoordinatorFenceTests : IAsyncLifetime, IDisposable
{
    private static readonly ClipId Clip = new("x");
    private static readonly TaskId Id = new("a", 0);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SteadyClock _clock;
    private readonly SqliteJournal _journal;
    private readonly ClipRegistry _clips;
    private readonly Coordinator _coordinator;

    public CoordinatorFenceTests()
    {
        _clock = new SteadyClock(_time);
        _journal = SqliteJournal.Open(_folder.At("journal.db"));
        _clips = new ClipRegistry(_journal);
        _coordinator = new Coordinator(_clips, _clock, new CoordinatorTimings { Lease = TimeSpan.FromSeconds(60) });
    }

    public async Task InitializeAsync()
    {
        await _clips.ApplyAsync(Clip, Entity.Clips.Submit, default);
        await _coordinator.PlannedAsync(new(Clip, "a", [new TaskPlan("a0"), new TaskPlan("a1")]), default);
    }

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_late_result_of_an_old_epoch_is_refused_and_the_new_one_counts_once()
    {
        Assert.Equal(1, (await ClaimAsync("w1")).Grant!.Epoch);
        Assert.Equal(Refusal.Leased, (await ClaimAsync("w2")).Refusal);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(2, (await ClaimAsync("w2")).Grant!.Epoch);

        Assert.Equal(Refusal.Superseded, (await DoneAsync(1, "late")).Refusal);
        Assert.Equal(Refusal.Superseded, (await _coordinator.RenewAsync(new(Clip, Id, 1), default)).Refusal);
        Assert.Equal(Refusal.Superseded, (await _coordinator.FailedAsync(new(Clip, Id, 1, FailureKind.BadInput, "late", ""), default)).Refusal);
        Assert.Null((await DoneAsync(2, "good")).Refusal);
        Assert.Null((await DoneAsync(2, "good")).Refusal);
        Assert.Equal(Refusal.Superseded, (await DoneAsync(1, "late")).Refusal);

        var events = await _journal.LoadAsync(Clip, default);
        Attempts.Check(events);
        Assert.Equal("good", Assert.Single(events.OfType<ClipEvent.TaskCompleted>()).Files[0].Name);
    }

    [Fact]
    public async Task Renewing_keeps_a_lease_and_is_not_journaled()
    {
        await ClaimAsync("w1");
        var before = (await _journal.LoadAsync(Clip, default)).Count;
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Assert.Null((await _coordinator.RenewAsync(new(Clip, Id, 1), default)).Refusal);
        }

        Assert.Equal(Refusal.Leased, (await ClaimAsync("w2")).Refusal);
        Assert.Equal(before, (await _journal.LoadAsync(Clip, default)).Count);
    }

    [Fact]
    public async Task A_redelivered_claim_supersedes_at_once()
    {
        await ClaimAsync("w1");
        Assert.Equal(2, (await ClaimAsync("w2", redelivered: true)).Grant!.Epoch);
        Assert.Equal(Refusal.Superseded, (await DoneAsync(1, "late")).Refusal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_jumps_neither_ends_nor_prolongs_a_lease(int hours)
    {
        await ClaimAsync("w1");
        _time.Jump(TimeSpan.FromHours(hours));
        Assert.Equal(Refusal.Leased, (await ClaimAsync("w2")).Refusal);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(2, (await ClaimAsync("w2")).Grant!.Epoch);
    }

    [Fact]
    public async Task A_stale_owner_of_a_clip_is_refused_by_the_journal_and_drops_what_it_knew()
    {
        var stale = new ClipRegistry(_journal);
        await stale.StateAsync(Clip, default);
        await ClaimAsync("w1");

        var faults = 0;
        stale.Faulted += (_, _) => faults++;
        await Assert.ThrowsAsync<JournalConflictException>(() => stale.ApplyAsync(Clip, new ClipCommand.Cancel(_clock.Now, "stale"), default));
        Assert.Equal(1, faults);
        Assert.Equal(TaskPhase.Running, (await stale.StateAsync(Clip, default)).Tasks[Id].Phase);
        Assert.Equal(ClipPhase.Running, (await _clips.StateAsync(Clip, default)).Phase);
    }

    private Task<ClaimAnswer> ClaimAsync(string worker, bool redelivered = false) => _coordinator.ClaimAsync(new(Clip, Id, worker, redelivered), default);

    private Task<Answer> DoneAsync(long epoch, string file) => _coordinator.DoneAsync(new(Clip, Id, epoch, [new ArtifactFile(file, 1, "00")]), default);
}
