using System.Net.Security;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Bus;

/// <summary>Connections to the broker without the bus, for what needs the protocol itself: presence, topology, error queues.</summary>
public static class BrokerConnection
{
    /// <summary>Opens a connection that does not mend itself: its loss is a fact that its owner acts upon.</summary>
    /// <param name="name">Shown in the broker's list of connections.</param>
    /// <exception cref="Depth3DException">
    /// User or password refused, TLS files unusable (<see cref="FailureKind.Usage"/>), or no broker answers (<see cref="FailureKind.Transient"/>).
    /// </exception>
    public static async Task<IConnection> OpenAsync(BrokerOptions options, string name, CancellationToken cancellation)
    {
        BrokerTls.Check(options);
        HeartbeatCrash.Prevent();
        var factory = new ConnectionFactory
        {
            UserName = options.User,
            Password = options.Password,
            VirtualHost = options.VirtualHost,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = ConnectTime,
            SocketReadTimeout = ConnectTime,
            SocketWriteTimeout = ConnectTime,
        };
        var endpoints = options.Hosts.Select(host => new AmqpTcpEndpoint(host, options.Port, Ssl(options, host))).ToArray();
        try
        {
            var connection = await factory.CreateConnectionAsync(endpoints, cancellation).ConfigureAwait(false);
            // A broker may refuse the virtual host only after the client believes that it is connected; a round trip tells.
            await using var probe = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (OperationInterruptedException e) when (IsRefusal(e))
        {
            throw Refuses(options, e, e);
        }
        catch (BrokerUnreachableException e) when (Refused(e) is { } refused)
        {
            throw Refuses(options, refused, e);
        }
        catch (BrokerUnreachableException e)
        {
            throw new Depth3DException($"no broker answers: {Innermost(e).Message}", options.ToString(),
                "start RabbitMQ, or check host, port and TLS", FailureKind.Transient, e);
        }
    }

    internal static TimeSpan ConnectTime { get; } = TimeSpan.FromSeconds(5);

    private static SslOption Ssl(BrokerOptions options, string host)
    {
        if (!options.Tls) return new SslOption { Enabled = false };
        var certificate = BrokerTls.OwnCertificate(options);
        return new SslOption(host, enabled: true)
        {
            Certs = certificate is null ? null : [certificate],
            CertificateValidationCallback = BrokerTls.Validation(options),
            AcceptablePolicyErrors = SslPolicyErrors.None,
        };
    }

    private static bool IsRefusal(OperationInterruptedException e) =>
        e.ShutdownReason?.ReplyCode is Constants.NotAllowed or Constants.AccessRefused;

    private static Depth3DException Refuses(BrokerOptions options, Exception why, Exception inner) => new(
        $"the broker refuses user '{options.User}': {why.Message}", options.ToString(), "check user, password and virtual host",
        FailureKind.Usage, inner);

    private static Exception Innermost(Exception e)
    {
        while ((e is AggregateException { InnerExceptions.Count: > 0 } all ? all.InnerExceptions[0] : e.InnerException) is { } inner) e = inner;
        return e;
    }

    private static Exception? Refused(BrokerUnreachableException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is AggregateException { InnerExceptions.Count: > 0 } all) inner = all.InnerExceptions[0];
            if (inner is AuthenticationFailureException) return inner;
            if (inner is OperationInterruptedException interrupted && IsRefusal(interrupted)) return inner;
        }

        return null;
    }
}
