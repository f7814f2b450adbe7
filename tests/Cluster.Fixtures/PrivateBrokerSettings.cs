namespace Depth3D.Cluster.Fixtures;

/// <summary>What a test's broker differs in.</summary>
public sealed record PrivateBrokerSettings
{
    /// <summary>Where it listens. Loopback, unless the test has network namespaces.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Encrypted connections only, with a certificate made for this broker.</summary>
    public bool Tls { get; init; }

    /// <summary>With <see cref="Tls"/>: clients need a certificate, too.</summary>
    public bool AsksForCertificate { get; init; }

    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Further lines of its configuration file.</summary>
    public string Configuration { get; init; } = "";
}
