using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Journal;

/// <summary>What every journal must do. A dialect adds a class that opens it.</summary>
public abstract class JournalContract
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, 123, TimeSpan.Zero);
    private static readonly ClipId Clip = new("clip-1");

    /// <summary>Opens the same journal again each time it is called.</summary>
    protected abstract IJournal Open();

    [Fact]
    public async Task Every_event_comes_back_as_it_was()
    {
        ClipEvent[] all =
        [
            new ClipEvent.Submitted(Now, "depth", Entity.Clips.Graph, """{"a":"ü\n"}""", "hash"),
            new ClipEvent.StagePlanned(Now, "a", [new TaskPlan("frames 0-3", 0, 4), new TaskPlan("x", AfterPrevious: true)]),
            new ClipEvent.Claimed(Now, new TaskId("a", 0), 1, "w", Now.AddSeconds(1)),
            new ClipEvent.Released(Now, new TaskId("a", 0), 1, "why"),
            new ClipEvent.TaskCompleted(Now, new TaskId("a", 0), 2, [new ArtifactFile("sub/f", long.MaxValue, "ab")]),
            new ClipEvent.TaskFailed(Now, new TaskId("a", 1), 1, FailureKind.Storage, "text", "tail", true),
            new ClipEvent.Failed(Now, "a", null, FailureKind.BadInput, "text"),
            new ClipEvent.Failed(Now, "a", new TaskId("a", 1), FailureKind.Transient, "text"),
            new ClipEvent.Cancelled(Now, "why"),
            new ClipEvent.Resumed(Now, "why"),
            new ClipEvent.Completed(Now),
        ];
        Assert.Equal(all.Select(e => e.GetType()).Distinct().Count(),
            typeof(ClipEvent).GetNestedTypes().Count(t => t.IsSubclassOf(typeof(ClipEvent)) && t != typeof(ClipEvent.Renewed)));
        await using (var journal = Open()) Assert.Equal(all.Length, await journal.AppendAsync(Clip, 0, all, ClipPhase.Running, default));
        await using var again = Open();
        Assert.Equal(all.Select(EventCodec.Write), (await again.LoadAsync(Clip, default)).Select(EventCodec.Write));
    }

    [Fact]
    public async Task An_append_on_an_old_sequence_is_refused_as_a_whole()
    {
        await using var journal = Open();
        ClipEvent[] two = [new ClipEvent.Cancelled(Now, "1"), new ClipEvent.Resumed(Now, "2")];
        await journal.AppendAsync(Clip, 0, two, ClipPhase.Running, default);

        foreach (var stale in new long[] { 0, 1, 3 })
            await Assert.ThrowsAsync<JournalConflictException>(() => journal.AppendAsync(Clip, stale, two, ClipPhase.Failed, default));

        Assert.Equal(2, (await journal.LoadAsync(Clip, default)).Count);
        Assert.Equal(new JournalClip(Clip, 2, ClipPhase.Running), Assert.Single(await journal.ListAsync(default)));
        Assert.Equal(4, await journal.AppendAsync(Clip, 2, two, ClipPhase.Completed, default));
    }

    [Fact]
    public async Task Of_two_owners_that_race_one_wins_each_sequence()
    {
        await using var journal = Open();
        var wins = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (_, _) =>
        {
            var sequence = (await journal.LoadAsync(Clip, default)).Count;
            try
            {
                await journal.AppendAsync(Clip, sequence, [new ClipEvent.Resumed(Now, "race")], ClipPhase.Running, default);
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
    public async Task Clips_are_listed_by_name_with_their_phase_and_can_be_forgotten()
    {
        await using var journal = Open();
        Assert.Empty(await journal.ListAsync(default));
        Assert.Empty(await journal.LoadAsync(Clip, default));
        foreach (var name in new[] { "b", "a", "c" })
            await journal.AppendAsync(new ClipId(name), 0, [new ClipEvent.Completed(Now)], name == "a" ? ClipPhase.Completed : ClipPhase.Running, default);
        await journal.DeleteAsync(new ClipId("b"), default);
        await journal.DeleteAsync(new ClipId("never"), default);
        Assert.Equal([("a", ClipPhase.Completed), ("c", ClipPhase.Running)], (await journal.ListAsync(default)).Select(c => (c.Clip.Value, c.Phase)));
        Assert.Empty(await journal.LoadAsync(new ClipId("b"), default));
        Assert.Equal(1, await journal.AppendAsync(new ClipId("b"), 0, [new ClipEvent.Completed(Now)], ClipPhase.Running, default));
    }
}
