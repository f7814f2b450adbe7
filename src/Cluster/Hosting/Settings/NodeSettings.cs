using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>
/// Everything a process of the cluster can be told. One table drives the arguments of <c>depth3d node start</c> and of the roles' own
/// executables, the environment, the file, and the docs. An argument beats the environment, the environment beats the file.
/// </summary>
public static class NodeSettings
{
    /// <summary>Names the file; it is not in the file itself.</summary>
    public const string FileArgument = "--config", FileVariable = "DEPTH3D_CONFIG";

    internal static readonly NodeSetting
        Node = new("node", "ID", "Name of this node, unique in the cluster and the same after every restart. Default: host name and roles."),
        Roles = new("role", "ROLE[,ROLE]", "What it does: seed, preprocess, trainer, render, or several of them."),
        Store = new("store", "DIR", "Root of the artifact store: the same files on every node, not necessarily the same path."),
        State = new("state", "DIR", "Folder on this machine's own disk for unsent results, scratch and locks. Default: one per node below ~/.local/state/depth3d."),
        Journal = new("journal", "DATABASE", "Seeds: PostgreSQL connection string, or the path of a SQLite file when there is one seed."),
        Http = new("http", "URL", "Where the API, health and metrics listen, such as http://127.0.0.1:7070; none for nowhere."),
        Tokens = new("tokens", "FILE", "Seeds: operators' tokens. Without it only health endpoints answer."),
        Slots = new("slots", "POOL=N[,POOL=N]", "Tasks at once per pool, where they differ from this machine's defaults: preprocess-cpu, preprocess-gpu, trainer, render."),
        Gpus = new("gpus", "UUID[,UUID]", "GPUs this node may hold, by how their UUIDs begin; none for none. Default: all that no other process holds."),
        InProcess = new("inProcess", "", "Run tasks in this process instead of one child process per slot."),
        Drain = new("drainSeconds", "SECONDS", "How long a worker that is told to stop may finish what it runs; the rest is given back. Default: 600."),
        Otlp = new("otlp", "URL", "OTLP endpoint for traces and metrics, such as http://127.0.0.1:4318."),
        Shards = new("shards", "N", "Shards of the clips, the same on every seed; changed only while no clip runs. Default: 16."),
        ProjectWeights = new("projectWeights", "PROJECT=N[,PROJECT=N]", "Seeds: share of the cluster that projects get of each other's while all of them wait; the same on every seed. Default: 1 each."),
        BrokerHosts = new("broker.hosts", "HOST[,HOST]", "RabbitMQ hosts of one cluster. Default: 127.0.0.1."),
        BrokerPort = new("broker.port", "PORT", "Default: 5672, with TLS 5671."),
        BrokerVirtualHost = new("broker.virtualHost", "NAME", "Default: depth3d."),
        BrokerUser = new("broker.user", "NAME", "There is no default."),
        BrokerPassword = new("broker.password", "TEXT", "There is no default.", Secret: true),
        BrokerPasswordFile = new("broker.passwordFile", "FILE", "File with the password, instead of the password itself."),
        BrokerTls = new("broker.tls", "", "Encrypt the connection and check the broker's certificate."),
        BrokerAuthority = new("broker.tlsAuthority", "FILE", "PEM of the authority that signed the broker's certificate. Default: the system's."),
        BrokerCertificate = new("broker.tlsCertificate", "FILE", "PEM of this node's certificate, where the broker asks for one."),
        BrokerKey = new("broker.tlsKey", "FILE", "PEM of its key."),
        BrokerHeartbeat = new("broker.heartbeatSeconds", "SECONDS", "Silence after which a connection counts as lost, about twice this. Default: 5.");

    public static IReadOnlyList<NodeSetting> All { get; } =
    [
        Node, Roles, Store, State, Journal, Http, Tokens, Slots, Gpus, InProcess, Drain, Otlp, Shards, ProjectWeights,
        BrokerHosts, BrokerPort, BrokerVirtualHost, BrokerUser, BrokerPassword, BrokerPasswordFile,
        BrokerTls, BrokerAuthority, BrokerCertificate, BrokerKey, BrokerHeartbeat,
    ];

    /// <summary>Reads a role executable's own command line; its role is fixed.</summary>
    /// <exception cref="Depth3DException">What is missing, unknown or out of range, and where it was said.</exception>
    public static ClusterOptions Read(string[] arguments, string role)
    {
        var given = SettingArguments.Parse(arguments);
        if (given.ContainsKey(Roles.Key))
            throw new Depth3DException($"this executable is the role {role}", Roles.Argument, "depth3d node start --role takes any", FailureKind.Usage);
        given[Roles.Key] = role;
        return Read(given, Environment.GetEnvironmentVariable);
    }

    /// <param name="arguments">By key; <see cref="FileArgument"/> by its own name.</param>
    /// <param name="environment">Looks up a variable.</param>
    /// <exception cref="Depth3DException">What is missing, unknown or out of range, and where it was said.</exception>
    public static ClusterOptions Read(IReadOnlyDictionary<string, string> arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);
        var file = arguments.GetValueOrDefault(FileArgument) ?? environment(FileVariable);
        var fromFile = string.IsNullOrEmpty(file) ? SettingFile.Empty : SettingFile.Load(file);
        return new ClusterOptionsReader(new SettingValues(arguments, environment, fromFile)).Read();
    }
}
