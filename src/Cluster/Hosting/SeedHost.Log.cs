using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

public sealed partial class SeedHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Seed} is the active seed, {Milliseconds:0} ms after it was elected")]
    private static partial void LogActive(ILogger logger, NodeId seed, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Seed} is no longer the active seed: {Reason}")]
    private static partial void LogResigned(ILogger logger, NodeId seed, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Seed} lets other seeds go first: {Reason}")]
    private static partial void LogStepsDown(ILogger logger, NodeId seed, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Seed} cannot stand for election: {Reason}")]
    private static partial void LogNoElection(ILogger logger, NodeId seed, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "no active seed answered '{Command}': {Reason}")]
    private static partial void LogUnanswered(ILogger logger, string command, string reason);
}
