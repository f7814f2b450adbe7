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
    private readonly CoordinatorTimings _timings = new() { Lease = TimeSpan.FromSeconds(60) };
    private ClipRegistry _clips = null!;
    private Coordinator _coordinator = null!;

    public CoordinatorFenceTests()
    {
        _clock = new SteadyClock(_time);
        _journal = SqliteJournal.Open(_folder.At("journal.db"));
    }

    public async Task InitializeAsync()
    {
        _clips = await OwnerAsync("first");
        _coordinator = new Coordinator(_clips, _clock, _timings);
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
    public async Task A_stale_owner_is_refused_by_the_journal_as_a_whole_and_hears_why()
    {
        await ClaimAsync("w1");
        var before = await _journal.LoadAsync(Clip, default);
        var successor = await OwnerAsync("second");

        Exception? fault = null;
        _clips.Faulted += (_, e) => fault = e;
        await Assert.ThrowsAsync<StaleOwnerException>(() => DoneAsync(1, "late"));
        Assert.IsType<StaleOwnerException>(fault);
        Assert.Equal(before.Count, (await _journal.LoadAsync(Clip, default)).Count);
        Assert.Equal(TaskPhase.Running, (await successor.StateAsync(Clip, default)).Tasks[Id].Phase);
    }

    [Fact]
    public async Task Two_writers_of_one_epoch_cannot_interleave()
    {
        await ClaimAsync("w1");
        var events = await _journal.LoadAsync(Clip, default);
        await _journal.AppendAsync(_clips.Ownership.Of(Clip), Clip, events.Count, [new ClipEvent.Released(_clock.Now, Id, 1, "behind its back")],
            new ClipSummary(ClipPhase.Running), default);

        var faults = 0;
        _clips.Faulted += (_, _) => faults++;
        await Assert.ThrowsAsync<JournalConflictException>(() => _clips.ApplyAsync(Clip, Cancel(), default));
        Assert.Equal(1, faults);
        Assert.Equal(TaskPhase.Waiting, (await _clips.StateAsync(Clip, default)).Tasks[Id].Phase);
    }

    [Fact]
    public async Task What_is_claimed_along_with_a_result_is_granted_as_if_it_were_claimed_alone()
    {
        var second = Id with { TaskIndex = 1 };
        await ClaimAsync("w1");
        var done = new Done(Clip, Id, 1, [new ArtifactFile("good", 1, "00")], new NextClaims("w1", [second, Id, new TaskId("a", 7)]));
        var answer = await _coordinator.DoneAsync(done, default);
        Assert.Null(answer.Refusal);
        Assert.Equal([null, Refusal.AlreadyDone, Refusal.UnknownTask], answer.Next!.Select(n => n.Refusal));
        Assert.Equal((1, "a1"), (answer.Next![0].Grant!.Epoch, answer.Next[0].Grant!.Plan.Label));

        // It arrives twice: what was granted stays so. Claimed again by itself, because the answer got lost, it is granted anew.
        var again = await _coordinator.DoneAsync(done, default);
        Assert.Null(again.Refusal);
        Assert.Equal(1, again.Next![0].Grant!.Epoch);
        Assert.Equal(2, (await _coordinator.ClaimAsync(new(Clip, second, "w1"), default)).Grant!.Epoch);
        Attempts.Check(await _journal.LoadAsync(Clip, default));
    }

    [Fact]
    public async Task Results_of_one_message_count_each_by_itself_and_at_the_time_at_which_they_were_computed()
    {
        var second = Id with { TaskIndex = 1 };
        await ClaimAsync("w1");
        await _coordinator.ClaimAsync(new(Clip, second, "w1"), default);
        _time.Advance(TimeSpan.FromSeconds(10));
        Done[] more = [new(Clip, Id, 1, [new ArtifactFile("a", 1, "00")], SecondsAgo: 0.2), new(Clip, Id, 7, [], SecondsAgo: double.NaN), new(Clip, new TaskId("a", 7), 1, [])];
        var message = new Done(Clip, second, 1, [new ArtifactFile("b", 1, "00")], SecondsAgo: 1e9, More: more);
        for (var times = 0; times < 2; times++)
        {
            var answer = await _coordinator.DoneAsync(message, default);
            Assert.Null(answer.Refusal);
            Assert.Equal([null, Refusal.Superseded, Refusal.UnknownTask], answer.More!.Select(m => m.Refusal));
        }

        var events = await _journal.LoadAsync(Clip, default);
        Attempts.Check(events);
        Assert.Equal([(0, 0.2), (1, 5)], events.OfType<ClipEvent.TaskCompleted>().Select(e => (e.Task.TaskIndex, (_clock.Now - e.At).TotalSeconds)));
    }

    [Fact]
    public async Task A_late_result_is_refused_and_what_it_claims_along_is_not()
    {
        await ClaimAsync("w1");
        var answer = await _coordinator.DoneAsync(new(Clip, Id, 7, [], new NextClaims("w1", [Id with { TaskIndex = 1 }])), default);
        Assert.Equal(Refusal.Superseded, answer.Refusal);
        Assert.NotNull(Assert.Single(answer.Next!).Grant);
    }

    private ClipCommand.Cancel Cancel() => new(_clock.Now, ClipPart.Whole, new Actor("test", "stale"));

    private async Task<ClipRegistry> OwnerAsync(string name)
    {
        var owner = new ClipRegistry(_journal, _clock, _timings);
        await owner.AcquireAsync(4, name, default);
        return owner;
    }

    private Task<ClaimAnswer> ClaimAsync(string worker) => _coordinator.ClaimAsync(new(Clip, Id, worker), default);

    private Task<Answer> DoneAsync(long epoch, string file) => _coordinator.DoneAsync(new(Clip, Id, epoch, [new ArtifactFile(file, 1, "00")]), default);
}
