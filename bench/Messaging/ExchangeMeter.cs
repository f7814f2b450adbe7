using System.Collections.Concurrent;
using System.Diagnostics;

namespace Depth3D.Bench.Messaging;

/// <summary>Measures an exchange with two workers: tasks a second with many in flight, and times of single ones at a gentle pace.</summary>
internal sealed class ExchangeMeter(IExchange exchange, IReadOnlyList<string> workers)
{
    public const ushort Prefetch = 16;
    private const int InFlight = 200;
    private const int PerSecond = 200;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long>> _waiting = new();
    private long _next;

    public async Task<ExchangeFigures> MeasureAsync(int tasks)
    {
        exchange.Answered += number =>
        {
            if (_waiting.TryRemove(number, out var waiting)) waiting.TrySetResult(Stopwatch.GetTimestamp());
        };
        await FloodAsync(tasks / 4);
        var watch = Stopwatch.StartNew();
        await FloodAsync(tasks);
        var rate = tasks / watch.Elapsed.TotalSeconds;
        var times = await PaceAsync(Math.Min(1000, tasks));
        Array.Sort(times);
        return new(rate, times[times.Length / 2], times[times.Length * 99 / 100], times[^1]);
    }

    private async Task FloodAsync(int tasks)
    {
        using var room = new SemaphoreSlim(InFlight);
        var all = new Task[tasks];
        for (var i = 0; i < tasks; i++)
        {
            await room.WaitAsync();
            all[i] = OneAsync(room);
        }

        await Task.WhenAll(all);
    }

    private async Task OneAsync(SemaphoreSlim room)
    {
        await ExchangeAsync();
        room.Release();
    }

    private async Task<double[]> PaceAsync(int tasks)
    {
        var all = new List<Task<double>>(tasks);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < tasks; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            all.Add(ExchangeAsync());
        }

        return await Task.WhenAll(all);
    }

    /// <returns>Milliseconds from before the hint is sent until its answer is here.</returns>
    private async Task<double> ExchangeAsync()
    {
        var number = Interlocked.Increment(ref _next);
        var answered = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = answered;
        var sent = Stopwatch.GetTimestamp();
        await exchange.SendAsync(workers[(int)(number % workers.Count)], number);
        var end = await answered.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return Stopwatch.GetElapsedTime(sent, end).TotalMilliseconds;
    }
}
