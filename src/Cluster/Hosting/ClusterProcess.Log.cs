using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

public static partial class ClusterProcess
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Node} runs as {Roles}, version {Version}; broker {Broker}, store {Store}")]
    private static partial void LogStarted(ILogger logger, NodeId node, string roles, string version, string broker, string store);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Node} stops: {Reason}; it takes nothing new and finishes what it holds")]
    private static partial void LogStopping(ILogger logger, NodeId node, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Node} has stopped")]
    private static partial void LogStopped(ILogger logger, NodeId node);
}
