using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

internal sealed partial class Election
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "a tick did not reach the broker: {Reason}")]
    private static partial void LogNoTick(ILogger logger, string reason);
}
