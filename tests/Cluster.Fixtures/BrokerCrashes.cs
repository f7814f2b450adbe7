namespace Depth3D.Cluster.Fixtures;

/// <summary>
/// How tests end a broker whose quorum queues they go on using. After SIGKILL a single RabbitMQ 3.10 now and then comes back with a queue
/// that elects no leader ("leader call - leader not known" in its log) until it is restarted once more, which no test of ours can mend: by
/// default it is stopped in order, and killed where <c>DEPTH3D_BROKER_CRASHES=1</c> asks for it.
/// </summary>
public static class BrokerCrashes
{
    public static bool AreWanted => Environment.GetEnvironmentVariable("DEPTH3D_BROKER_CRASHES") == "1";

    public static Task EndAsync(PrivateBroker broker) => AreWanted ? broker.KillAsync() : broker.StopAsync();
}
