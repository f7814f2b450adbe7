using Depth3D.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Hosting;

/// <summary>Lets a process start before its broker: machines and containers come up in any order.</summary>
internal static partial class BrokerStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Does the first thing that needs the broker, again and again while nobody answers there.</summary>
    /// <exception cref="Depth3DException">No broker answered in two minutes, or it refused this process.</exception>
    public static async Task<T> WaitAsync<T>(Func<Task<T>> first, BrokerOptions broker, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await first().ConfigureAwait(false);
            }
            catch (BrokerUnreachableException e)
            {
                if (time.GetElapsedTime(started) > Patience)
                    throw new Depth3DException("no broker answers", broker.ToString(), "start RabbitMQ, or check host and port", FailureKind.Transient, e);
                LogWaiting(log, broker.ToString());
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "waiting for the broker at {Broker}")]
    private static partial void LogWaiting(ILogger logger, string broker);
}
