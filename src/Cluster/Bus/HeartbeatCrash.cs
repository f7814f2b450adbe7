using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// Keeps a late heartbeat of the broker from ending the process. In RabbitMQ.Client before 7.2.1 the timer that notices the silence is an
/// <c>async void</c>: when it closes a connection that is just being closed by its reader, the second close throws where nobody can catch
/// (rabbitmq-dotnet-client, issue 1884 and pull request 1876). The connection is closed by then, and opened again as always; so this one exception
/// from this one place counts as handled, every other ends the process as before.
/// </summary>
internal static class HeartbeatCrash
{
    private static readonly Lock Gate = new();
    private static bool _isPrevented;

    /// <summary>Call it before a connection is opened; once per process has an effect.</summary>
    public static void Prevent()
    {
        lock (Gate)
        {
            if (_isPrevented) return;
            _isPrevented = true;
            ExceptionHandling.SetUnhandledExceptionHandler(IsIt);
        }
    }

    internal static bool IsIt(Exception e) => e is ChannelClosedException
        && (e.StackTrace?.Contains("RabbitMQ.Client.Framing.Connection.HeartbeatReadTimerCallback", StringComparison.Ordinal) ?? false);
}
