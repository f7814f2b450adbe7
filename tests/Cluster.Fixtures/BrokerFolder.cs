using System.Security.Cryptography;
using System.Text.Json;

namespace Depth3D.Cluster.Fixtures;

/// <summary>The files of a private broker: configuration, users, certificates, data. All under one temporary folder.</summary>
internal sealed class BrokerFolder : IDisposable
{
    private const int Spaces = 64;

    public BrokerFolder(PrivateBrokerSettings settings, int port, int epmdPort, int distributionPort)
    {
        Path = Directory.CreateTempSubdirectory("depth3d-broker-").FullName;
        Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Authority = settings.Tls ? new TestAuthority(At("tls")) : null;
        File.WriteAllText(At("plugins"), $"[{string.Join(',', settings.Plugins)}].");
        File.WriteAllText(At("definitions.json"), Definitions());
        File.WriteAllText(At("rabbitmq.conf"), Configuration(settings, port));
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Path,
            ["ERL_EPMD_PORT"] = $"{epmdPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"depth3d{port}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = At("data"),
            ["RABBITMQ_LOG_BASE"] = At("log"),
            ["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("plugins"),
            // Waiting without spinning: the cores are few and shared.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
            // The start script then becomes the broker instead of watching over it, so that its pid is the broker's.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };
    }

    public string Path { get; }

    public string Password { get; }

    public TestAuthority? Authority { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public static string Space(int index) => index < Spaces
        ? $"space-{index}"
        : throw new InvalidOperationException($"one broker has {Spaces} virtual hosts for tests; start another");

    public static string LastSpace => Space(Spaces - 1);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The broker's keeper has removed it, unless that was killed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    private string Definitions()
    {
        var spaces = Enumerable.Range(0, Spaces).Select(Space).ToArray();
        return JsonSerializer.Serialize(new
        {
            users = new[] { new { name = PrivateBroker.User, password = Password, tags = "administrator" } },
            vhosts = spaces.Select(s => new { name = s }),
            permissions = spaces.Select(s => new { user = PrivateBroker.User, vhost = s, configure = ".*", write = ".*", read = ".*" }),
        });
    }

    private string Configuration(PrivateBrokerSettings settings, int port)
    {
        var listener = settings.Tls
            ? $"""
               listeners.tcp = none
               listeners.ssl.1 = {settings.Address}:{port}
               ssl_options.cacertfile = {Authority!.AuthorityFile}
               ssl_options.certfile = {Authority.ServerCertificateFile}
               ssl_options.keyfile = {Authority.ServerKeyFile}
               ssl_options.verify = verify_peer
               ssl_options.fail_if_no_peer_cert = {(settings.AsksForCertificate ? "true" : "false")}
               """
            : $"listeners.tcp.1 = {settings.Address}:{port}";
        return $"""
            {listener}
            heartbeat = 10
            consumer_timeout = 7200000
            vm_memory_high_watermark.absolute = 2GB
            disk_free_limit.absolute = 50MB
            loopback_users = none
            log.file = broker.log
            log.file.level = info
            load_definitions = {At("definitions.json")}
            {settings.Configuration}
            """ + "\n";
    }
}
