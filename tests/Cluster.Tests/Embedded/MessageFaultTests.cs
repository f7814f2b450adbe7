using System.Collections.Concurrent;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Tests.Embedded;

/// <summary>Messages lost, doubled and answered in vain: the files are the same and each task counts once.</summary>
public sealed class MessageFaultTests
{
    private static readonly CoordinatorTimings Quick = new()
    {
        Lease = TimeSpan.FromMilliseconds(500),
        Tick = TimeSpan.FromMilliseconds(20),
        Resend = TimeSpan.FromMilliseconds(60),
    };

    private static readonly WorkerTimings QuickWorker = new()
    {
        Renew = TimeSpan.FromMilliseconds(100),
        Request = TimeSpan.FromSeconds(20),
        RetryReport = TimeSpan.FromMilliseconds(5),
    };

    [Fact]
    public async Task Every_hint_doubled_and_the_first_of_each_lost()
    {
        using var bench = new EngineBench();
        await CompareAsync(bench, bench.EngineOptions with { Coordinator = Quick, Worker = QuickWorker, WrapOutlet = o => new BadOutlet(o) });
    }

    [Fact]
    public async Task Every_first_answer_of_the_coordinator_lost_and_every_result_reported_twice()
    {
        using var bench = new EngineBench();
        var seen = new ConcurrentDictionary<string, bool>();
        await CompareAsync(bench, bench.EngineOptions with
        {
            Coordinator = Quick,
            Worker = QuickWorker,
            WrapCoordinator = inner => new ScriptedCoordinator(inner)
            {
                OnClaim = m => LoseFirst($"claim {m.Task}", () => inner.ClaimAsync(m, default)),
                OnPlanned = m => LoseFirst($"plan {m.Stage}", () => inner.PlannedAsync(m, default)),
                OnDone = m => LoseFirst($"done {m.Task}", async () =>
                {
                    await inner.DoneAsync(m, default);
                    return await inner.DoneAsync(m, default);
                }),
            },
        });

        async Task<T> LoseFirst<T>(string key, Func<Task<T>> call)
        {
            var answer = await call();
            return seen.TryAdd(key, true) ? throw new TimeoutException("the answer got lost") : answer;
        }
    }

    private static async Task CompareAsync(EngineBench bench, EmbeddedEngineOptions options)
    {
        using var undisturbed = new EngineBench();
        await using (var engine = await undisturbed.StartAsync(ToyRecipe.Stages())) Assert.True((await undisturbed.RunAsync(engine)).IsCompleted);
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages(), options))
        {
            var result = await bench.RunAsync(engine);
            Assert.True(result.IsCompleted, result.Failure?.Text);
            Assert.Equal(ToyRecipe.TaskCount, result.Timings.Count(t => t.Outcome == "done"));
        }

        Assert.Equal(await Audit.CheckAsync(undisturbed.Store, EngineBench.Clip), await Audit.CheckAsync(bench.Store, EngineBench.Clip));
    }

    private sealed class BadOutlet(IWorkOutlet inner) : IWorkOutlet
    {
        private readonly ConcurrentDictionary<string, bool> _seen = new();

        public Task RunAsync(NodeId node, TaskProtocol.Run message, CancellationToken cancellation) =>
            Twice($"run {message.Task}", () => inner.RunAsync(node, message, cancellation));

        public Task PlanAsync(NodeId node, PlanProtocol.Plan message, CancellationToken cancellation) =>
            Twice($"plan {message.Stage}", () => inner.PlanAsync(node, message, cancellation));

        public Task StopAsync(NodeId node, WorkerProtocol.Stop message, CancellationToken cancellation) => inner.StopAsync(node, message, cancellation);

        public Task ControlAsync(NodeId node, NodeProtocol.Control message, CancellationToken cancellation) => inner.ControlAsync(node, message, cancellation);

        private async Task Twice(string key, Func<Task> send)
        {
            if (_seen.TryAdd(key, true)) return;
            await send();
            await send();
        }
    }
}
