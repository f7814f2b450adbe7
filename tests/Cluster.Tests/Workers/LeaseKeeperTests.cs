using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class LeaseKeeperTests
{
    private static readonly TaskProtocol.Renew Message = new(new ClipId("x"), new TaskId("a", 0), 1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();
    private readonly WorkerTimings _timings = new() { Renew = TimeSpan.FromSeconds(10), Request = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task A_worker_that_reaches_nobody_fences_itself_when_its_lease_is_over()
    {
        var link = new ScriptedCoordinator { OnRenew = _ => Task.FromException<TaskProtocol.Answer>(new IOException("link cut")) };
        var keeping = new LeaseKeeper(link, _time, _timings).KeepAsync(Message, Lease, CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            await _time.ArmedAsync($"renewal {i}");
            Assert.False(keeping.IsCompleted);
            _time.Advance(_timings.Renew);
        }

        await _time.ArmedAsync("last renewal");
        _time.Advance(_timings.Renew);
        Assert.Contains("link cut", await keeping.Within("the self-fence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_that_never_answers_does_not_hang_the_worker()
    {
        var link = new ScriptedCoordinator { OnRenew = _ => new TaskCompletionSource<TaskProtocol.Answer>().Task };
        var keeping = new LeaseKeeper(link, _time, _timings).KeepAsync(Message, Lease, CancellationToken.None);
        for (var i = 0; i < 6; i++)
        {
            await _time.ArmedAsync($"timer {i}");
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await keeping.Within("the self-fence");
    }

    [Fact]
    public async Task A_refused_renewal_stops_the_attempt()
    {
        var link = new ScriptedCoordinator { OnRenew = _ => Task.FromResult(new TaskProtocol.Answer(Refusal.Superseded)) };
        var keeping = new LeaseKeeper(link, _time, _timings).KeepAsync(Message, Lease, CancellationToken.None);
        await _time.ArmedAsync("the first renewal");
        _time.Advance(_timings.Renew);
        Assert.Contains("Superseded", await keeping.Within("the refusal"), StringComparison.Ordinal);
    }
}
