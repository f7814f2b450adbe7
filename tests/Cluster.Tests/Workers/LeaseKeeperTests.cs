using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class LeaseKeeperTests
{
    private static readonly TaskProtocol.Renew Message = new(new ClipId("x"), new TaskId("a", 0), 1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();
    private readonly WorkerTimings _timings = new()
    {
        Renew = TimeSpan.FromSeconds(10),
        Request = TimeSpan.FromSeconds(10),
        Alone = TimeSpan.FromSeconds(200),
    };

    [Fact]
    public async Task A_worker_that_reaches_nobody_goes_on_beyond_its_lease_but_not_for_ever()
    {
        var keeper = Keeper(new ScriptedCoordinator { OnRenew = _ => Task.FromException<TaskProtocol.Answer>(new IOException("link cut")) });
        var keeping = keeper.KeepAsync(CancellationToken.None);
        for (var i = 1; i <= 20; i++)
        {
            await _time.ArmedAsync($"renewal {i}");
            Assert.False(keeping.IsCompleted);
            Assert.Equal(i > 6, keeper.IsOver);
            _time.Advance(_timings.Renew);
        }

        Assert.Contains("link cut", await keeping.Within("the end of its patience"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_that_never_answers_does_not_hang_the_worker()
    {
        var keeping = Keeper(new ScriptedCoordinator { OnRenew = _ => new TaskCompletionSource<TaskProtocol.Answer>().Task }).KeepAsync(CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            await _time.ArmedAsync($"timer {i}");
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await keeping.Within("the end of its patience");
    }

    [Fact]
    public async Task A_coordinator_that_is_back_renews_a_lease_that_was_over()
    {
        var tries = 0;
        var keeper = Keeper(new ScriptedCoordinator { OnRenew = _ => Task.FromResult(new TaskProtocol.Answer(++tries < 3 ? Refusal.Unavailable : null)) });
        _time.Freeze(TimeSpan.FromSeconds(100));
        Assert.True(keeper.IsOver);
        var confirming = keeper.ConfirmAsync(CancellationToken.None);
        for (var i = 1; i < 3; i++)
        {
            await _time.ArmedAsync($"pause {i}");
            _time.Advance(_timings.RetryReport);
        }

        Assert.Null(await confirming.Within("the answer"));
        Assert.False(keeper.IsOver);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_refused_renewal_stops_the_attempt()
    {
        var keeping = Keeper(new ScriptedCoordinator { OnRenew = _ => Task.FromResult(new TaskProtocol.Answer(Refusal.Superseded)) })
            .KeepAsync(CancellationToken.None);
        await _time.ArmedAsync("the first renewal");
        _time.Advance(_timings.Renew);
        Assert.Contains("Superseded", await keeping.Within("the refusal"), StringComparison.Ordinal);
    }

    private LeaseKeeper Keeper(ICoordinator link) => new(link, Message, Lease, _time, _timings);
}
