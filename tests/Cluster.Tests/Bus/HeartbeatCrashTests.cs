using System.Threading.Channels;
using Depth3D.Cluster.Bus;

namespace Depth3D.Cluster.Tests.Bus
{
    /// <summary>The client's heartbeat timer throws where nobody can catch; without the handler this ends the test process.</summary>
    public sealed class HeartbeatCrashTests
    {
        [Fact]
        public async Task A_late_heartbeat_does_not_end_the_process()
        {
            HeartbeatCrash.Prevent();
            HeartbeatCrash.Prevent();
            var thrown = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
            RabbitMQ.Client.Framing.Connection.HeartbeatReadTimerCallback(thrown);
            Assert.True(HeartbeatCrash.IsIt(await thrown.Task.Within("the timer to throw")));
        }

        [Fact]
        public void Any_other_exception_is_not_handled()
        {
            Assert.False(HeartbeatCrash.IsIt(new ChannelClosedException()));
            Assert.False(HeartbeatCrash.IsIt(Assert.Throws<ChannelClosedException>(Close)));
            Assert.False(HeartbeatCrash.IsIt(new InvalidOperationException("RabbitMQ.Client.Framing.Connection.HeartbeatReadTimerCallback")));
            static void Close() => throw new ChannelClosedException();
        }
    }
}

namespace RabbitMQ.Client.Framing
{
    /// <summary>Named as the client's own class, because the place of the exception is told by its stack.</summary>
    internal static class Connection
    {
        public static async void HeartbeatReadTimerCallback(TaskCompletionSource<Exception> thrown)
        {
            await Task.Yield();
            try
            {
                throw new ChannelClosedException();
            }
            catch (ChannelClosedException e)
            {
                thrown.SetResult(e);
                throw;
            }
        }
    }
}
