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

    private protected static Task<ShardOwnership> AcquireAsync(IJournal journal, string owner = "test") => journal.AcquireAsync(ShardCount, owner, Now, default);

    private protected static Task<long> AppendAsync(
        IJournal journal, ShardOwnership owner, long from, IReadOnlyList<ClipEvent> events, ClipPhase phase = ClipPhase.Running, string? clip = null)
    {
        var id = clip is null ? Clip : new ClipId(clip);
        return journal.AppendAsync(owner.Of(id), id, from, events, new ClipSummary(phase), default);
    }
}
