using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Journal;

/// <summary>What every journal must do. A dialect adds a class that opens it.</summary>
public abstract class JournalContract
{
    private const int ShardCount = 4;

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, 123, TimeSpan.Zero);
    private static readonly ClipId Clip = new("clip-1");

    /// <summary>Opens the same journal again each time it is called.</summary>
    protected abstract Task<IJournal> OpenAsync();

    [Fact]
    public async Task Every_event_comes_back_as_it_was()
    {
        ClipEvent[] all =
        [
            new ClipEvent.Submitted(Now, "depth", Entity.Clips.Graph, """{"a":"ü\n"}""", "hash", "film", 7, 3, "key", "ann"),
            new ClipEvent.StagePlanned(Now, "a",
                [new TaskPlan("frames 0-3", 0, 4), new TaskPlan("x", AfterPrevious: true, Needs: new ResourceRequest(2, 1, 3, 4))]),
            new ClipEvent.Claimed(Now, new TaskId("a", 0), 1, "w", Now.AddSeconds(1)),
            new ClipEvent.Released(Now, new TaskId("a", 0), 1, "why"),
            new ClipEvent.TaskCompleted(Now, new TaskId("a", 0), 2, [new ArtifactFile("sub/f", long.MaxValue, "ab")]),
            new ClipEvent.TaskFailed(Now, new TaskId("a", 1), 1, FailureKind.OutOfMemory, "text", "tail", true, "w", 2, 8L << 30, "next rung"),
            new ClipEvent.Failed(Now, "a", null, FailureKind.BadInput, "text"),
            new ClipEvent.Failed(Now, "a", new TaskId("a", 1), FailureKind.Transient, "text",
                [new TaskFailure(1, "w1", FailureKind.Transient, "text", "tail", 0)]),
            new ClipEvent.Cancelled(Now, "why", "ann"),
            new ClipEvent.Resumed(Now, "why", "ann"),
            new ClipEvent.Held(Now, ClipPart.Whole, Hold.Paused, "ann", "why"),
            new ClipEvent.Held(Now, ClipPart.Of("a"), Hold.Cancelled, "ann", "why"),
            new ClipEvent.Unheld(Now, ClipPart.Of(new TaskId("a", 1)), "ann", "why"),
            new ClipEvent.Prioritised(Now, -3, 2, "ann", "why"),
            new ClipEvent.Retried(Now, ClipPart.Whole, "ann", "why"),
            new ClipEvent.Eaten(Now, ClipPart.Of(new TaskId("a", 1)), "ann", "why"),
            new ClipEvent.Completed(Now),
        ];
        Assert.Equal(all.Select(e => e.GetType()).Distinct().Count(),
            typeof(ClipEvent).GetNestedTypes().Count(t => t.IsSubclassOf(typeof(ClipEvent)) && t != typeof(ClipEvent.Renewed)));
        await using (var journal = await OpenAsync())
        {
            var owner = await AcquireAsync(journal);
            Assert.Equal(all.Length, await AppendAsync(journal, owner, 0, all));
        }

        await using var again = await OpenAsync();
        Assert.Equal(all.Select(EventCodec.Write), (await again.LoadAsync(Clip, default)).Select(EventCodec.Write));
    }

    [Fact]
    public async Task An_append_on_an_old_sequence_is_refused_as_a_whole()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        ClipEvent[] two = [new ClipEvent.Cancelled(Now, "1"), new ClipEvent.Resumed(Now, "2")];
        await AppendAsync(journal, owner, 0, two);

        foreach (var stale in new long[] { 0, 1, 3 })
            await Assert.ThrowsAsync<JournalConflictException>(() => AppendAsync(journal, owner, stale, two, ClipPhase.Failed));

        Assert.Equal(2, (await journal.LoadAsync(Clip, default)).Count);
        Assert.Equal(new JournalClip(Clip, 2, new ClipSummary(ClipPhase.Running)), Assert.Single(await journal.ListAsync(default)));
        Assert.Equal(4, await AppendAsync(journal, owner, 2, two, ClipPhase.Completed));
    }

    [Fact]
    public async Task Of_two_writers_that_race_one_wins_each_sequence()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        var wins = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (_, _) =>
        {
            var sequence = (await journal.LoadAsync(Clip, default)).Count;
            try
            {
                await AppendAsync(journal, owner, sequence, [new ClipEvent.Resumed(Now, "race")]);
                Interlocked.Increment(ref wins);
            }
            catch (JournalConflictException)
            {
                // The other one was quicker.
            }
        });
        Assert.Equal(wins, (await journal.LoadAsync(Clip, default)).Count);
    }

    [Fact]
    public async Task Clips_are_listed_by_name_with_their_summary_and_can_be_forgotten()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        Assert.Empty(await journal.ListAsync(default));
        Assert.Empty(await journal.LoadAsync(Clip, default));
        foreach (var name in new[] { "b", "a", "c", "B-1".ToLowerInvariant() })
            await AppendAsync(journal, owner, 0, [new ClipEvent.Completed(Now)], name == "a" ? ClipPhase.Completed : ClipPhase.Running, name);
        await journal.DeleteAsync(owner.Of(new ClipId("b")), new ClipId("b"), default);
        await journal.DeleteAsync(owner.Of(new ClipId("never")), new ClipId("never"), default);
        Assert.Equal([("a", ClipPhase.Completed), ("b-1", ClipPhase.Running), ("c", ClipPhase.Running)],
            (await journal.ListAsync(default)).Select(c => (c.Clip.Value, c.Phase)));
        Assert.Equal(["b-1", "c"], (await journal.UnfinishedAsync(default)).Select(c => c.Clip.Value));
        Assert.Empty(await journal.LoadAsync(new ClipId("b"), default));
        Assert.Equal(1, await AppendAsync(journal, owner, 0, [new ClipEvent.Completed(Now)], ClipPhase.Running, "b"));
    }

    [Fact]
    public async Task An_owner_that_was_replaced_writes_nothing_and_deletes_nothing()
    {
        await using var journal = await OpenAsync();
        var first = await AcquireAsync(journal, "first");
        await AppendAsync(journal, first, 0, [new ClipEvent.Completed(Now)]);
        await using var elsewhere = await OpenAsync();
        var second = await AcquireAsync(elsewhere, "second");

        await Assert.ThrowsAsync<StaleOwnerException>(() => AppendAsync(journal, first, 1, [new ClipEvent.Resumed(Now, "late")], ClipPhase.Failed));
        await Assert.ThrowsAsync<StaleOwnerException>(() => AppendAsync(journal, first, 0, [new ClipEvent.Resumed(Now, "late")], clip: "new"));
        await Assert.ThrowsAsync<StaleOwnerException>(() => AppendAsync(journal, first, 9, [new ClipEvent.Resumed(Now, "late")]));
        await Assert.ThrowsAsync<StaleOwnerException>(() => journal.DeleteAsync(first.Of(Clip), Clip, default));

        Assert.Equal(2, await AppendAsync(elsewhere, second, 1, [new ClipEvent.Resumed(Now, "good")]));
        Assert.Equal(["second"], (await journal.ShardsAsync(default)).Select(s => s.Owner).Distinct());
        Assert.All(second.Epochs, epoch => Assert.Equal(first.Epochs[0] + 1, epoch));
        Assert.Equal((Clip, 2), ((await journal.ListAsync(default)).Select(c => (c.Clip, (int)c.Sequence)).Single()));
    }

    [Fact]
    public async Task Whoever_acquires_last_is_the_only_one_that_writes_however_many_try_at_once()
    {
        await using var journal = await OpenAsync();
        var stored = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (number, _) =>
        {
            await using var mine = await OpenAsync();
            var owner = await AcquireAsync(mine, $"seed-{number}");
            try
            {
                for (var i = 0; i < 20; i++)
                {
                    await AppendAsync(mine, owner, i, [new ClipEvent.Resumed(Now, $"{owner.Epochs[0]}")], clip: $"clip-{number}");
                    Interlocked.Increment(ref stored);
                }
            }
            catch (StaleOwnerException)
            {
                // A later one took over.
            }
        });

        var shards = await journal.ShardsAsync(default);
        Assert.Equal(ShardCount, shards.Count);
        Assert.Equal((8, shards[0].Owner), (shards.Select(s => s.Epoch).Distinct().Single(), shards.Select(s => s.Owner).Distinct().Single()));
        var clips = await journal.ListAsync(default);
        Assert.Equal(stored, clips.Sum(c => c.Sequence));
        Assert.Equal(20, clips.Single(c => c.Clip.Value == shards[0].Owner.Replace("seed", "clip", StringComparison.Ordinal)).Sequence);
    }

    [Fact]
    public async Task The_number_of_shards_changes_only_while_no_clip_runs()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        await AppendAsync(journal, owner, 0, [new ClipEvent.Completed(Now)]);
        foreach (var count in new[] { 1, 16 })
        {
            var error = await Assert.ThrowsAsync<Depth3DException>(() => journal.AcquireAsync(count, "other", Now, default));
            Assert.Contains("1 clips are running", error.Message, StringComparison.Ordinal);
        }

        await AppendAsync(journal, owner, 1, [new ClipEvent.Completed(Now)], ClipPhase.Completed);
        foreach (var count in new[] { 16, 1, 16 })
        {
            var next = await journal.AcquireAsync(count, "other", Now, default);
            Assert.Equal(count, next.Count);
            Assert.Equal(count, (await journal.ShardsAsync(default)).Count);
            Assert.True(next.Epochs.Min() > owner.Epochs.Max());
            owner = next;
        }
    }

    [Fact]
    public async Task A_snapshot_stands_for_the_events_before_it()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        ClipEvent[] events = [.. Enumerable.Range(1, 6).Select(i => new ClipEvent.Cancelled(Now, $"{i}"))];
        await AppendAsync(journal, owner, 0, events);
        Assert.Equal(6, (await journal.LoadTailAsync(Clip, default)).Sequence);
        Assert.Null((await journal.LoadTailAsync(Clip, default)).Snapshot);

        var snapshot = new ClipSnapshot(4, SnapshotCodec.Version, "four");
        await journal.SaveSnapshotAsync(Clip, snapshot, default);
        await journal.SaveSnapshotAsync(Clip, snapshot with { Sequence = 3, State = "older" }, default);
        await journal.SaveSnapshotAsync(Clip, snapshot with { Sequence = 7, State = "of a stream that is not there" }, default);
        await journal.SaveSnapshotAsync(new ClipId("never"), snapshot, default);
        var tail = await journal.LoadTailAsync(Clip, default);
        Assert.Equal(snapshot, tail.Snapshot);
        Assert.Equal(["5", "6"], tail.Events.Cast<ClipEvent.Cancelled>().Select(e => e.Reason));
        Assert.Equal(6, tail.Sequence);
        Assert.Equal(6, (await journal.LoadAsync(Clip, default)).Count);

        await journal.SaveSnapshotAsync(Clip, snapshot with { Version = SnapshotCodec.Version + 1, State = "of a later version" }, default);
        Assert.Null((await journal.LoadTailAsync(Clip, default)).Snapshot);
        await journal.DeleteAsync(owner.Of(Clip), Clip, default);
        Assert.Equal(0, (await journal.LoadTailAsync(Clip, default)).Sequence);
    }

    [Fact]
    public async Task A_summary_comes_back_as_it_was_and_its_key_finds_the_clip()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        var summary = new ClipSummary(ClipPhase.Failed, "film", 5, 2, true, 10, 4, 1, Now, Now.AddHours(1), "key-1", "it broke\nbadly");
        await journal.AppendAsync(owner.Of(Clip), Clip, 0, [new ClipEvent.Completed(Now)], summary, default);
        Assert.Equal(new JournalClip(Clip, 1, summary), Assert.Single(await journal.ListAsync(default)));
        Assert.Equal(Clip, await journal.FindByKeyAsync("key-1", default));
        Assert.Null(await journal.FindByKeyAsync("key-2", default));

        var other = new ClipId("clip-2");
        await Assert.ThrowsAsync<JournalConflictException>(() =>
            journal.AppendAsync(owner.Of(other), other, 0, [new ClipEvent.Completed(Now)], summary, default));
        Assert.Empty(await journal.LoadAsync(other, default));
    }

    [Fact]
    public async Task The_last_word_on_a_node_counts_and_outlives_the_process()
    {
        await using (var journal = await OpenAsync())
        {
            Assert.Empty(await journal.StandingsAsync(default));
            await journal.SetStandingAsync(new NodeStanding(new NodeId("w2"), true, "ann", "noisy fan", Now), default);
            await journal.SetStandingAsync(new NodeStanding(new NodeId("w1"), true, Actor.Cluster, "failed 3 clips", Now), default);
            await journal.SetStandingAsync(new NodeStanding(new NodeId("w2"), false, "bob", "", Now.AddDays(1)), default);
        }

        await using var again = await OpenAsync();
        Assert.Equal([("w1", true, "cluster", "failed 3 clips", Now), ("w2", false, "bob", "", Now.AddDays(1))],
            (await again.StandingsAsync(default)).Select(s => (s.Node.Value, s.IsCordoned, s.By, s.Why, s.At)));
    }

    [Fact]
    public async Task The_audit_keeps_its_order_and_can_be_followed()
    {
        await using var journal = await OpenAsync();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
            ids.Add(await journal.AuditAsync(new AuditEntry(Now.AddSeconds(-i), "ann", "'; drop table audit; --", "clip pause", $"clip-{i}", "ok"), default));
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(["clip-3", "clip-4"], (await journal.AuditTailAsync(2, 0, default)).Select(a => a.Where));
        Assert.Equal(ids[4], Assert.Single(await journal.AuditTailAsync(10, ids[3], default)).Id);
        Assert.Equal(new AuditEntry(Now, "ann", "'; drop table audit; --", "clip pause", "clip-0", "ok") { Id = ids[0] },
            (await journal.AuditTailAsync(10, 0, default))[0]);
    }

    [Fact]
    public async Task Damage_is_found_when_reading_and_never_skipped()
    {
        await using var journal = await OpenAsync();
        var owner = await AcquireAsync(journal);
        await AppendAsync(journal, owner, 0, [.. Enumerable.Repeat(new ClipEvent.Cancelled(Now, "why"), 3)]);

        await DamageAsync("update journal set event = replace(event, '\"why\"', '\"who\"') where seq = 3");
        Assert.Contains("checksum", (await Assert.ThrowsAsync<Depth3DException>(() => journal.LoadAsync(Clip, default))).Message, StringComparison.Ordinal);
        await DamageAsync("update journal set event = '{\"event\":\"from-the-future\"}' where seq = 3");
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<Depth3DException>(() => journal.LoadAsync(Clip, default))).Message, StringComparison.Ordinal);
        await DamageAsync("delete from journal where seq = 2");
        Assert.Contains("lacks event 2", (await Assert.ThrowsAsync<Depth3DException>(() => journal.LoadTailAsync(Clip, default))).Message, StringComparison.Ordinal);
        await DamageAsync("update clip set summary = '{'");
        Assert.Equal(ClipPhase.Running, Assert.Single(await journal.ListAsync(default)).Phase);
    }

    /// <summary>Changes one row behind the journal's back.</summary>
    protected abstract Task DamageAsync(string sql);

    private protected static Task<ShardOwnership> AcquireAsync(IJournal journal, string owner = "test") => journal.AcquireAsync(ShardCount, owner, Now, default);

    private protected static Task<long> AppendAsync(
        IJournal journal, ShardOwnership owner, long from, IReadOnlyList<ClipEvent> events, ClipPhase phase = ClipPhase.Running, string? clip = null)
    {
        var id = clip is null ? Clip : new ClipId(clip);
        return journal.AppendAsync(owner.Of(id), id, from, events, new ClipSummary(phase), default);
    }
}
