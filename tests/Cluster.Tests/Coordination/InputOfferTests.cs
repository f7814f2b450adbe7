using System.Text.Json;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Coordination;

/// <summary>A clip of thousands of frames has more files than one message holds.</summary>
public sealed class InputOfferTests
{
    private const int Chunks = 160;
    private const int FilesPerChunk = 160;

    private static readonly ClipId Clip = new("long");

    private readonly ClipState _long = ManyFiles(Chunks, FilesPerChunk);

    [Fact]
    public void What_fits_a_message_is_sent_along()
    {
        var offer = InputOffer.Of(ManyFiles(10, 3), Clip, new StageName("b"));
        Assert.Null(offer.Elsewhere);
        Assert.Equal(Enumerable.Range(0, 10), offer.Inline.Select(m => m.Task.TaskIndex));
    }

    [Fact]
    public void What_does_not_fit_is_named_and_handed_out_in_pages_that_fit()
    {
        var offer = InputOffer.Of(_long, Clip, new StageName("b"));
        Assert.Empty(offer.Inline);
        Assert.Equal(new StageName("a"), Assert.Single(offer.Elsewhere!).Stage);

        var pages = Pages(_long).ToArray();
        Assert.InRange(pages.Length, 2, 20);
        Assert.All(pages, page => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(page).Length, 1, EndpointPolicy.DefaultMaxBytes / 2));
        Assert.Equal(Enumerable.Range(0, Chunks), pages.SelectMany(p => p.Manifests).Select(m => m.Task.TaskIndex));
        Assert.Equal(Chunks * FilesPerChunk, pages.Sum(p => p.Manifests.Sum(m => m.Files.Count)));
        Assert.Equal(Refusal.UnknownStage, InputOffer.PageOf(_long, Clip, "nowhere", 0).Refusal);
        Assert.Null(InputOffer.PageOf(_long, Clip, "a", 1_000_000).NextTask);
        Assert.Equal(0, InputOffer.PageOf(_long, Clip, "a", -5).Manifests[0].Task.TaskIndex);
    }

    [Fact]
    public async Task A_worker_asks_once_per_stage_whatever_gets_lost()
    {
        var asked = 0;
        var coordinator = new ScriptedCoordinator
        {
            OnInputs = message => ++asked switch
            {
                1 => throw new TimeoutException("lost"),
                2 => Task.FromResult(new InputProtocol.Page([], null, Refusal.Unavailable)),
                _ => Task.FromResult(InputOffer.PageOf(_long, Clip, message.Stage, message.FromTask)),
            },
        };
        var book = new InputBook(coordinator, TimeProvider.System, new WorkerTimings { RetryReport = TimeSpan.FromMilliseconds(1) });
        var offer = InputOffer.Of(_long, Clip, new StageName("b"));
        var grant = new TaskProtocol.Grant(1, 30, "depth", new TaskPlan("b0"), "{}", [], Elsewhere: offer.Elsewhere);
        var whole = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => book.CompleteAsync(Clip, grant, default))).Within("the inputs");
        Assert.All(whole, g => Assert.Equal(Chunks, g.Inputs.Count));
        Assert.All(whole, g => Assert.Null(g.Elsewhere));
        Assert.Equal(Pages(_long).Count() + 2, asked);

        var plan = new PlanProtocol.Plan(new ClipId("other"), "b", "depth", "{}", [], offer.Elsewhere);
        Assert.Equal(Chunks, (await book.CompleteAsync(plan, default).Within("the plan's inputs")).Inputs.Count);
        Assert.True(asked > Pages(_long).Count() + 2);
    }

    [Fact]
    public async Task An_attempt_that_is_stopped_does_not_wait_for_inputs_any_longer()
    {
        using var stop = new CancellationTokenSource();
        var coordinator = new ScriptedCoordinator
        {
            OnInputs = _ =>
            {
                stop.Cancel();
                throw new TimeoutException("lost");
            },
        };
        var grant = new TaskProtocol.Grant(1, 30, "depth", new TaskPlan("b0"), "{}", [], Elsewhere: [new("a", "1")]);
        var book = new InputBook(coordinator, TimeProvider.System, new WorkerTimings { RetryReport = TimeSpan.FromHours(1) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => book.CompleteAsync(Clip, grant, stop.Token).Within("the stop"));
    }

    [Fact]
    public void A_link_reads_its_own_chain_only_however_far_the_others_are()
    {
        // Two chains of one stage: 0 1 2 and 3 4.
        var state = After(Submit with { Stages = [Graph[0]] }, new ClipCommand.PlanStage(Now, "a",
            [.. new[] { false, true, true, false, true }.Select((link, i) => new TaskPlan($"a{i}", AfterPrevious: link))]));
        Assert.Equal([0, 3], state.Ready.Select(id => id.TaskIndex));
        foreach (var index in new[] { 0, 1, 3 })
        {
            var id = new TaskId("a", index);
            state = Apply(Apply(state, Claim(id)), Complete(id, 1));
        }

        Assert.Equal([0, 1], InputOffer.Of(state, Clip, new TaskId("a", 2)).Inline.Select(m => m.Task.TaskIndex));
        Assert.Equal([3], InputOffer.Of(state, Clip, new TaskId("a", 4)).Inline.Select(m => m.Task.TaskIndex));
        Assert.Empty(InputOffer.Of(state, Clip, new TaskId("a", 3)).Inline);
    }

    private static IEnumerable<InputProtocol.Page> Pages(ClipState state)
    {
        for (int? from = 0; from is { } task;)
        {
            var page = InputOffer.PageOf(state, Clip, "a", task);
            yield return page;
            from = page.NextTask;
        }
    }

    private static ClipState ManyFiles(int tasks, int filesPerTask)
    {
        var state = After(Submit, new ClipCommand.PlanStage(Now, "a", [.. Enumerable.Range(0, tasks).Select(i => new TaskPlan($"chunk {i}"))]));
        for (var i = 0; i < tasks; i++)
        {
            var id = new TaskId("a", i);
            ArtifactFile[] files = [.. Enumerable.Range(0, filesPerTask).Select(f => new ArtifactFile($"flow_{i:00000}_{f:00000}.bin", 123456, new string('a', 64)))];
            state = Apply(Apply(state, Claim(id)), new ClipCommand.Complete(Now, id, 1, files));
        }

        return state;
    }
}
