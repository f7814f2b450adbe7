using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>Random commands, legal and not, in any order: what must hold after each.</summary>
public sealed class RandomCommandTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Invariants_hold_after_every_command(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var journal = new List<ClipEvent>();
            var state = ClipState.Empty;
            var model = new ClipModel();
            for (var step = 0; step < 150; step++)
            {
                var command = Next(random, step);
                var decision = ClipEntity.Decide(state, command);
                var after = decision.Events.Aggregate(state, ClipEntity.Evolve);
                Assert.True(model.Apply(command) == decision.Refusal is null, $"{command} was answered {decision.Refusal} in\n{Describe(state)}");
                Assert.Equal((command.ToString(), model.Describe()), (command.ToString(), ClipModel.Describe(after)));
                Check(state, after, decision);
                journal.AddRange(decision.Events.Where(e => e.IsJournaled));
                state = after;
            }

            Attempts.Check(journal);
            Assert.True(SnapshotCodec.TryRead(SnapshotCodec.Write(state, journal.Count), out var kept));
            Assert.Equal(Describe(state), Describe(kept));
            Assert.Equal(Describe(state), Describe(ClipEntity.Replay(journal)));
            Assert.Equal(Describe(state), Describe(ClipEntity.Replay(journal.Select(e => EventCodec.Read(EventCodec.Write(e), "test")))));
        }
    }

    private static void Check(ClipState before, ClipState after, Decision decision)
    {
        if (decision.Refusal is not null and not (Refusal.TaskFailed or Refusal.Paused)) Assert.Empty(decision.Events);
        foreach (var (id, task) in before.Tasks)
        {
            Assert.True(after.Tasks[id].Epoch >= task.Epoch);
            if (task.Phase == TaskPhase.Done) Assert.Same(task, after.Tasks[id]);
        }

        foreach (var (name, stage) in after.Specs.Select(s => (s.Name, after.Stages[s.Name])))
            Assert.Equal(stage.DoneCount, after.Tasks.Count(t => t.Key.Stage == name && t.Value.IsSettled));
        Assert.All(after.Tasks.Values, t => Assert.Equal(t.Phase == TaskPhase.Done, t.Files is not null));
        if (after.Phase == ClipPhase.Completed) Assert.True(after.AllStagesComplete);
        if (after.Phase == ClipPhase.Running) Assert.True(!after.AllStagesComplete && after.FailedIds.Count == 0);
        Assert.Equal(after.Phase == ClipPhase.Failed, after.Failure is not null);
        Assert.All(after.Ready, id => Assert.True(after.InputsComplete(id.Stage) && after.ChainAllows(id)));
    }

    private static ClipCommand Next(Random random, int step)
    {
        var now = Now.AddSeconds(step * 7);
        var id = new TaskId(random.Next(2) == 0 ? "a" : "b", random.Next(4));
        var epoch = random.Next(1, 5);
        return random.Next(20) switch
        {
            0 => Submit with { Now = now, OptionsJson = random.Next(10) == 0 ? "{2}" : "{}" },
            1 => PlanA with { Now = now },
            2 => new ClipCommand.PlanStage(now, "b", [new TaskPlan("b0"), new TaskPlan("b1", AfterPrevious: true), new TaskPlan("b2", AfterPrevious: true)]),
            3 => new ClipCommand.ExpireLeases(now),
            4 => random.Next(4) == 0 ? Cancel() with { Now = now } : Resume with { Now = now },
            5 => random.Next(8) == 0 ? new ClipCommand.FailPlanning(now, id.Stage, FailureKind.BadInput, "no") : Resume with { Now = now },
            6 => Fail(id, epoch, Kind(random)) with { Now = now },
            7 => new ClipCommand.Release(now, id, epoch, "stopped"),
            8 => new ClipCommand.Renew(now, id, epoch, Lease),
            9 => random.Next(10) == 0 ? new ClipCommand.ReleaseAll(now, "gone") : Complete(id, epoch) with { Now = now },
            10 or 11 => Complete(id, epoch) with { Now = now },
            12 or 13 or 14 => OfOperator(random, now, id),
            _ => new ClipCommand.Claim(now, id, $"w{random.Next(3)}", Lease),
        };
    }

    private static FailureKind Kind(Random random) => random.Next(5) switch
    {
        0 => FailureKind.BadInput,
        1 or 2 => FailureKind.OutOfMemory,
        _ => FailureKind.Transient,
    };

    private static ClipCommand OfOperator(Random random, DateTimeOffset now, TaskId id)
    {
        var part = random.Next(5) switch
        {
            0 => ClipPart.Whole,
            1 => ClipPart.Of(id.Stage),
            _ => ClipPart.Of(id),
        };
        return random.Next(9) switch
        {
            0 when !part.IsWhole => Cancel(part) with { Now = now },
            1 => new ClipCommand.Pause(now, part, Tester),
            2 or 3 => new ClipCommand.Unpause(now, part, Tester),
            4 or 5 => new ClipCommand.Retry(now, part, Tester),
            6 when !part.IsWhole || random.Next(5) == 0 => new ClipCommand.Eat(now, part, Tester),
            7 => new ClipCommand.Prioritise(now, random.Next(3), null, Tester),
            _ => new ClipCommand.Unpause(now, part, Tester),
        };
    }
}
