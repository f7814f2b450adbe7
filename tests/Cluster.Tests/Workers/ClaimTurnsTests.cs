using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers;

/// <summary>One slot; attempts of two clips.</summary>
public sealed class ClaimTurnsTests
{
    private const WorkerPool Pool = WorkerPool.PreprocessCpu;
    private static readonly ClipId Clip = new("a");
    private static readonly ClipId Other = new("b");

    private readonly ManualTime _time = new();
    private readonly ClaimTurns _turns;

    public ClaimTurnsTests() => _turns = new ClaimTurns(new Dictionary<WorkerPool, int> { [Pool] = 1 }, _time, new WorkerTimings());

    [Fact]
    public async Task Results_wait_for_each_other_while_there_is_more_work_than_slots()
    {
        Assert.True(Take(0).IsCompletedSuccessfully && Take(1).IsCompletedSuccessfully);
        Assert.False(Take(2).IsCompleted || Take(3).IsCompleted);

        // One attempt is left for the slot: this result goes, and claims what was hinted.
        _turns.Computed(Pool);
        Assert.False((await HoldAsync(0)).IsTaken);
        Assert.Equal(2, _turns.TakeAlong(Pool, Clip).Hints.Count);

        // Two more than the slot needs, then one: the first result waits for the second.
        _turns.Computed(Pool);
        var first = HoldAsync(1);
        Assert.False(first.IsCompleted);
        _turns.Computed(Pool);
        Assert.False((await HoldAsync(2)).IsTaken);
        var along = _turns.TakeAlong(Pool, Clip);
        Assert.Equal(1, Assert.Single(along.Results).Message.Task.TaskIndex);
        along.Answered(new(null, null, [new(Refusal.Superseded)]));
        Assert.Equal((true, Refusal.Superseded), ((await first).IsTaken, (await first).Answer!.Refusal));
    }

    [Fact]
    public async Task The_message_says_how_long_ago_each_result_was_computed()
    {
        TakeThree();
        _turns.Computed(Pool);
        var first = HoldAsync(0);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var along = _turns.TakeAlong(Pool, Clip);
        var message = along.With(Done(1), new NodeId("n1"), _time);
        Assert.Equal((1, 0.1), (message.Task.TaskIndex, Assert.Single(message.More!).SecondsAgo));

        // A coordinator of an older version answers nothing to what went along: it goes once more.
        along.Answered(new(null));
        Assert.Equal((true, null), ((await first).IsTaken, (await first).Answer));
    }

    [Theory]
    [InlineData("the work runs out")]
    [InlineData("it takes too long")]
    [InlineData("the node drains")]
    [InlineData("the node stops")]
    public async Task A_result_that_waits_goes_by_itself_when(string reason)
    {
        using var stop = new CancellationTokenSource();
        TakeThree();
        _turns.Computed(Pool);
        var waiting = HoldAsync(0, stop: stop.Token);
        Assert.False(waiting.IsCompleted);
        if (reason == "the work runs out") _turns.Over(Pool, wasComputed: false);
        if (reason == "it takes too long") _time.Advance(new WorkerTimings().Together);
        if (reason == "the node drains") _turns.ReleaseAll();
        if (reason == "the node stops") await stop.CancelAsync();
        Assert.False((await waiting.Within(reason)).IsTaken);
        Assert.Empty(_turns.TakeAlong(Pool, Clip).Results);
    }

    [Fact]
    public async Task A_result_takes_none_of_another_clip_along()
    {
        TakeThree();
        _turns.Computed(Pool);
        var waiting = HoldAsync(0, Other);
        _turns.Computed(Pool);
        Assert.Empty(_turns.TakeAlong(Pool, Clip).Results);

        // The slot has its last attempt and nothing else is about to be sent.
        Assert.False((await waiting.Within("the other clip's result to go")).IsTaken);
    }

    private static TaskProtocol.Done Done(int task, ClipId? clip = null) => new(clip ?? Clip, new TaskId("flow", task), 1, []);

    private Task<TaskProtocol.ClaimAnswer?> Take(int task) => _turns.TakeAsync(new(Clip, new TaskId("flow", task), Pool), default);

    private Task<HeldResult.Sent> HoldAsync(int task, ClipId? clip = null, CancellationToken stop = default) =>
        _turns.HoldAsync(Pool, Done(task, clip), _time.GetTimestamp(), stop);

    /// <summary>Three claimed attempts.</summary>
    private void TakeThree()
    {
        for (var task = 0; task < 3; task++) _ = Take(task);
        _turns.ReleaseAll();
    }
}
