using System.Collections.Concurrent;
using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.TestHost;

/// <summary>
/// Treats the reports that arrive at a seed as a bad network would, before the seed sees them: the first reports of some attempts are
/// <c>lost</c>, every report is <c>doubled</c>, or each is held back until a later one has passed it (<c>reordered</c>).
/// </summary>
internal sealed class UnsteadyTransport(IClusterTransport inner, string mode) : IClusterTransport
{
    public IBusControl CreateBus(Action<IBusFactoryConfigurator> configure) => inner.CreateBus(configure);

    public Task DeployAsync(int shards, CancellationToken cancellation) => inner.DeployAsync(shards, cancellation);

    public Uri Address(string queue) => inner.Address(queue);

    public void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        inner.Configure(endpoint, kind, concurrency);
        endpoint.UseFilter(new Reports(mode));
    }

    private sealed class Reports(string mode) : IFilter<ConsumeContext>
    {
        private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(700);

        private const int Losses = 3;

        private readonly ConcurrentDictionary<TaskProtocol.Done, bool> _seen = new(new ByAttempt());
        private TaskCompletionSource? _held;

        public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
        {
            if (!context.TryGetMessage<TaskProtocol.Done>(out var report))
            {
                await next.Send(context);
                return;
            }

            switch (mode)
            {
                case "lost" when _seen.Count < Losses && _seen.TryAdd(report.Message, true):
                    Console.WriteLine($"lost {report.Message.Task}");
                    await context.NotifyConsumed(report, TimeSpan.Zero, "lost");
                    break;
                case "doubled":
                    await next.Send(context);
                    await next.Send(context);
                    Console.WriteLine($"doubled {report.Message.Task}");
                    break;
                case "reordered":
                    await PassedAsync(report.Message.Task);
                    await next.Send(context);
                    break;
                default:
                    await next.Send(context);
                    break;
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("unsteady");

        /// <summary>The first of two waits until the second is here and lets that one go before itself.</summary>
        private async Task PassedAsync(TaskId task)
        {
            var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.Exchange(ref _held, null) is { } earlier)
            {
                _ = Task.Delay(TimeSpan.FromMilliseconds(100)).ContinueWith(_ => earlier.TrySetResult(), TaskScheduler.Default);
                Console.WriteLine($"overtaking {task}");
                return;
            }

            Volatile.Write(ref _held, own);
            await Task.WhenAny(own.Task, Task.Delay(LongestHold));
            Interlocked.CompareExchange(ref _held, null, own);
        }
    }

    private sealed class ByAttempt : IEqualityComparer<TaskProtocol.Done>
    {
        public bool Equals(TaskProtocol.Done? x, TaskProtocol.Done? y) => (x?.Clip, x?.Task, x?.Epoch) == (y?.Clip, y?.Task, y?.Epoch);

        public int GetHashCode(TaskProtocol.Done obj) => HashCode.Combine(obj.Clip, obj.Task, obj.Epoch);
    }
}
