using System.Globalization;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;

namespace Depth3D.Cluster.Fixtures;

/// <summary>
/// A RabbitMQ of the test's own, on loopback and free ports, with its data in a temporary folder. It and its port mapper end with this
/// object, and with the test process in any case.
/// </summary>
public sealed class PrivateBroker : IAsyncDisposable
{
    internal const string User = "depth3d";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(120);
    private static readonly Lazy<Task<PrivateBroker>> Shared = new(() => StartAsync());

    private readonly PrivateBrokerSettings _settings;
    private readonly BrokerFolder _folder;
    private readonly BrokerKeeper _keeper;
    private readonly int _port;
    private int _spaces;

    private PrivateBroker(PrivateBrokerSettings settings)
    {
        _settings = settings;
        var ports = FreePorts.Take(3);
        _port = ports[0];
        _folder = new BrokerFolder(settings, ports[0], ports[1], ports[2]);
        _keeper = new BrokerKeeper(_folder.Environment);
    }

    public static bool IsInstalled => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    public int Port => _port;

    public int ProcessId { get; private set; }

    /// <summary>Signs certificates that the broker accepts; null without encryption.</summary>
    public TestAuthority? Authority => _folder.Authority;

    public string LogFile => _folder.At("log/broker.log");

    /// <summary>The broker that all tests of this process share; take a <see cref="NewSpace"/> each. Never stop it.</summary>
    public static Task<PrivateBroker> SharedAsync() => Shared.Value;

    public static async Task<PrivateBroker> StartAsync(PrivateBrokerSettings? settings = null)
    {
        var broker = new PrivateBroker(settings ?? new());
        try
        {
            await broker.StartAgainAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>A virtual host of its own: no test sees another's queues.</summary>
    public BrokerOptions NewSpace() => OptionsOf(BrokerFolder.Space(Interlocked.Increment(ref _spaces) - 1));

    /// <summary>SIGKILL, as a crash.</summary>
    public Task KillAsync() => _keeper.TellAsync("kill");

    /// <summary>SIGTERM; returns when it has ended in order.</summary>
    public Task StopAsync() => _keeper.TellAsync("stop");

    /// <summary>Starts it with the data it had and waits until it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        ProcessId = int.Parse(await _keeper.TellAsync("start"), CultureInfo.InvariantCulture);
        using var limit = new CancellationTokenSource(LongestStart);
        var options = OptionsOf(BrokerFolder.LastSpace);
        while (!await AnswersAsync(options)) await WaitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        _folder.Dispose();
    }

    private BrokerOptions OptionsOf(string space) => new()
    {
        Hosts = [_settings.Tls ? "localhost" : _settings.Address],
        Port = _port,
        VirtualHost = space,
        User = User,
        Password = _folder.Password,
        Tls = _settings.Tls,
        TlsAuthority = Authority?.AuthorityFile,
        TlsCertificate = _settings.AsksForCertificate ? Authority!.ServerCertificateFile : null,
        TlsKey = _settings.AsksForCertificate ? Authority!.ServerKeyFile : null,
    };

    private static async Task<bool> AnswersAsync(BrokerOptions options)
    {
        try
        {
            await using var connection = await BrokerConnection.OpenAsync(options, "start", CancellationToken.None);
            return true;
        }
        catch (Messages.Depth3DException)
        {
            return false;
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(100, cancellation);
        }
        catch (OperationCanceledException)
        {
            var log = File.Exists(_folder.At("start.log")) ? await File.ReadAllTextAsync(_folder.At("start.log"), CancellationToken.None) : "";
            throw new TimeoutException($"the private broker took no connection within {LongestStart.TotalSeconds} s:\n{log}");
        }
    }
}
