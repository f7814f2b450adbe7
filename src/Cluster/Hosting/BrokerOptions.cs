namespace Depth3D.Cluster.Hosting;

/// <summary>How to reach RabbitMQ. There is no default user or password: without them a node refuses to start.</summary>
public sealed record BrokerOptions
{
    /// <summary>Host names of the brokers of one RabbitMQ cluster; the first that answers is used.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["127.0.0.1"];

    public int Port { get; init; } = 5672;

    public string VirtualHost { get; init; } = "depth3d";

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>Encrypts the connection and checks the broker's certificate against its host name.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file of the authority that signed the broker's certificate; null for the system's.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>PEM files of this node's certificate and key, where the broker asks for one.</summary>
    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>Silence after which a connection counts as lost, roughly twice to two and a half times this.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The options without the password, for logs.</summary>
    public override string ToString() => $"{(Tls ? "amqps" : "amqp")}://{User}@{string.Join(',', Hosts)}:{Port}/{VirtualHost}";
}
