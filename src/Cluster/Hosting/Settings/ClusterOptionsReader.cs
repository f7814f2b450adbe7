using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting.Settings;

/// <summary>Makes checked options of what was said, and refuses what cannot work before anything is started.</summary>
internal sealed class ClusterOptionsReader(SettingValues values)
{
    private const string Seed = "seed", Nowhere = "none";
    private const int PlainPort = 5672, TlsPort = 5671, MostSlots = 1024, MostShards = 1024, MostWeight = 1000;

    private static readonly string[] KnownRoles = [Seed, "preprocess", "trainer", "render"];

    public ClusterOptions Read()
    {
        var roles = Roles();
        var node = Node(roles);
        return new ClusterOptions
        {
            Node = node,
            Roles = roles,
            Broker = Broker(),
            StoreRoot = Store(),
            StateFolder = values[NodeSettings.State]?.FullPath ?? DefaultState(node),
            Journal = Journal(roles),
            Http = Http(roles),
            TokenFile = values[NodeSettings.Tokens]?.ExistingFile,
            Slots = Slots(),
            Gpus = values[NodeSettings.Gpus] switch
            {
                null => null,
                { Text: Nowhere } => [],
                var given => given.List,
            },
            InProcess = values[NodeSettings.InProcess]?.Switch ?? false,
            Drain = TimeSpan.FromSeconds(values[NodeSettings.Drain]?.Number(0, 86_400) ?? 600),
            Otlp = values[NodeSettings.Otlp]?.Url,
            Shards = values[NodeSettings.Shards]?.Number(1, MostShards) ?? 16,
            ProjectWeights = ProjectWeights(),
        };
    }

    private IReadOnlyList<string> Roles()
    {
        var given = values[NodeSettings.Roles] ?? throw Missing(NodeSettings.Roles);
        foreach (var role in given.List)
        {
            if (!KnownRoles.Contains(role, StringComparer.Ordinal))
                throw new Depth3DException($"'{role}' is not a role; expected {string.Join(", ", KnownRoles)}", given.Where, kind: FailureKind.Usage);
        }

        var roles = KnownRoles.Where(r => given.List.Contains(r, StringComparer.Ordinal)).ToArray();
        return roles.Length > 0 ? roles : throw Missing(NodeSettings.Roles);
    }

    private NodeId Node(IReadOnlyList<string> roles)
    {
        var given = values[NodeSettings.Node];
        try
        {
            return new NodeId(given?.Text ?? DefaultName(roles));
        }
        catch (Depth3DException e)
        {
            throw new Depth3DException(e.What, given?.Where ?? "the host's name", $"give {NodeSettings.Node.Argument} NAME", FailureKind.Usage, e);
        }
    }

    private static string DefaultName(IReadOnlyList<string> roles) =>
        string.Concat(Environment.MachineName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-')
        + "-" + string.Join('-', roles);

    private string Store()
    {
        var given = values[NodeSettings.Store] ?? throw Missing(NodeSettings.Store);
        return Directory.Exists(given.FullPath)
            ? given.FullPath
            : throw new Depth3DException("there is no such folder; a store that is not mounted is not made", $"{given.Where} {given.Text}",
                "mount the shared file system, or make the folder", FailureKind.Usage);
    }

    private static string DefaultState(NodeId node)
    {
        var root = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        return Path.Combine(root, "depth3d", node.Value);
    }

    private string? Journal(IReadOnlyList<string> roles)
    {
        if (values[NodeSettings.Journal] is not { } given) return roles.Contains(Seed, StringComparer.Ordinal) ? throw Missing(NodeSettings.Journal) : null;
        var isArgument = given.Where == NodeSettings.Journal.Argument;
        if (isArgument && given.Text.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new Depth3DException("a password cannot be an argument, because every user of this machine can read those", given.Where,
                $"set {NodeSettings.Journal.Variable}", FailureKind.Usage);
        }

        return given.Text.Contains('=', StringComparison.Ordinal) ? given.Text : given.FullPath;
    }

    /// <summary>Seeds listen unless told not to; a worker listens only where told to, so that several fit on one machine.</summary>
    private string Http(IReadOnlyList<string> roles) => values[NodeSettings.Http] switch
    {
        null => roles.Contains(Seed, StringComparer.Ordinal) ? "http://127.0.0.1:7070" : "",
        { Text: Nowhere } => "",
        var given => given.Url,
    };

    private ImmutableSortedDictionary<WorkerPool, int> Slots() =>
        Numbers(NodeSettings.Slots, "POOL", "pool", least: 0, MostSlots, Pool);

    private ImmutableSortedDictionary<string, int> ProjectWeights() =>
        Numbers(NodeSettings.ProjectWeights, "PROJECT", "project", least: 1, MostWeight, static (name, _) => name);

    /// <summary>A list of NAME=N.</summary>
    private ImmutableSortedDictionary<TKey, int> Numbers<TKey>(NodeSetting setting, string form, string what, int least, int most, Func<string, SettingValue, TKey> key)
        where TKey : notnull
    {
        if (values[setting] is not { } given) return ImmutableSortedDictionary<TKey, int>.Empty;
        var numbers = ImmutableSortedDictionary.CreateBuilder<TKey, int>();
        foreach (var part in given.List)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw given.Wrong($"of the form {form}=N");
            var number = (given with { Text = part[(equals + 1)..] }).Number(least, most);
            if (!numbers.TryAdd(key(part[..equals], given), number)) throw given.Wrong($"a list that names each {what} once");
        }

        return numbers.ToImmutable();
    }

    /// <summary>Pools are shown with a dot; a hyphen is what people type in environments that take no dot.</summary>
    private static WorkerPool Pool(string name, SettingValue given) => name.Replace('.', '-') switch
    {
        "preprocess-cpu" => WorkerPool.PreprocessCpu,
        "preprocess-gpu" => WorkerPool.PreprocessGpu,
        "trainer" => WorkerPool.Trainer,
        "render" => WorkerPool.Render,
        _ => throw (given with { Text = name }).Wrong("a pool: preprocess-cpu, preprocess-gpu, trainer or render"),
    };

    private BrokerOptions Broker()
    {
        var tls = values[NodeSettings.BrokerTls]?.Switch ?? false;
        var hosts = values[NodeSettings.BrokerHosts];
        if (hosts is not null && (hosts.List.Count == 0 || hosts.List.Any(h => Uri.CheckHostName(h) == UriHostNameType.Unknown)))
            throw hosts.Wrong("a list of host names; the port goes to " + NodeSettings.BrokerPort.Argument);
        var (certificate, key) = (values[NodeSettings.BrokerCertificate], values[NodeSettings.BrokerKey]);
        if ((certificate is null) != (key is null))
            throw new Depth3DException("a certificate and its key go together", (certificate ?? key)!.Where, kind: FailureKind.Usage);
        return new BrokerOptions
        {
            Hosts = hosts?.List ?? ["127.0.0.1"],
            Port = values[NodeSettings.BrokerPort]?.Number(1, ushort.MaxValue) ?? (tls ? TlsPort : PlainPort),
            VirtualHost = values[NodeSettings.BrokerVirtualHost]?.Text ?? "depth3d",
            User = (values[NodeSettings.BrokerUser] ?? throw Missing(NodeSettings.BrokerUser)).Text,
            Password = Password(),
            Tls = tls,
            TlsAuthority = values[NodeSettings.BrokerAuthority]?.ExistingFile,
            TlsCertificate = certificate?.ExistingFile,
            TlsKey = key?.ExistingFile,
            Heartbeat = TimeSpan.FromSeconds(values[NodeSettings.BrokerHeartbeat]?.Number(1, 600) ?? 5),
        };
    }

    private string Password()
    {
        if (values[NodeSettings.BrokerPassword] is { } password) return password.Text;
        if (values[NodeSettings.BrokerPasswordFile] is not { } file)
        {
            throw new Depth3DException("the broker's password is missing", NodeSettings.BrokerPassword.Variable,
                $"set {NodeSettings.BrokerPassword.Variable} or give {NodeSettings.BrokerPasswordFile.Argument} FILE", FailureKind.Usage);
        }

        var text = File.ReadAllText(file.ExistingFile).TrimEnd('\r', '\n');
        return text.Length > 0 ? text : throw new Depth3DException("the password file is empty", $"{file.Where} {file.Text}", kind: FailureKind.Usage);
    }

    private static Depth3DException Missing(NodeSetting setting) => new(
        $"{setting.Key} is missing", remedy: $"give {setting.Argument} {setting.Value}, or set {setting.Variable}, or write \"{setting.Key}\" in the file of {NodeSettings.FileArgument}",
        kind: FailureKind.Usage);
}
