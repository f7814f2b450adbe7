using System.Diagnostics;
using System.Globalization;

namespace Depth3D.Cluster.Fixtures;

/// <summary>
/// Hosts of one machine as network namespaces on a bridge, whose links can be cut and healed. This process stays outside, at
/// <see cref="Outside"/>. A small shell process removes all of it when this object or the test process ends.
/// </summary>
public sealed class HostNetwork : IDisposable
{
    private const string Cleaner = """
        trap '' INT TERM
        read -r _
        for name in $(ip netns list | cut -d' ' -f1); do case $name in "$1"*) ip netns del "$name" ;; esac; done
        ip link del "$1"
        """;

    private readonly string _bridge = string.Create(CultureInfo.InvariantCulture, $"d{Environment.ProcessId % 1_000_000}");
    private readonly string _subnet = string.Create(CultureInfo.InvariantCulture, $"10.{80 + Environment.ProcessId / 250 % 40}.{Environment.ProcessId % 250}");
    private readonly Process _cleaner;
    private int _hosts;

    public HostNetwork()
    {
        _cleaner = Process.Start(new ProcessStartInfo("bash", ["-c", Cleaner, "bash", _bridge])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            Ip("link", "add", _bridge, "type", "bridge");
            Ip("addr", "add", $"{Outside}/24", "dev", _bridge);
            Ip("link", "set", _bridge, "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there can be no namespaces here; null when there can.</summary>
    public static string? Obstacle
    {
        get
        {
            if (!Environment.IsPrivilegedProcess) return "network namespaces need root";
            var name = $"try{Environment.ProcessId}";
            if (Run("ip", "netns", "add", name) is { } error) return $"network namespaces cannot be made here: {error}";
            _ = Run("ip", "netns", "del", name);
            return null;
        }
    }

    /// <summary>The address of everything that is in no namespace.</summary>
    public string Outside => $"{_subnet}.254";

    /// <summary>Makes a host.</summary>
    /// <returns>Its name, which is also that of its namespace.</returns>
    public string Add()
    {
        var number = ++_hosts;
        var (host, link) = ($"{_bridge}-{number}", LinkOf(number));
        Ip("netns", "add", host);
        Ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", host);
        Ip("link", "set", link, "master", _bridge, "up");
        Ip("-n", host, "addr", "add", $"{AddressOf(number)}/24", "dev", "eth0");
        Ip("-n", host, "link", "set", "eth0", "up");
        Ip("-n", host, "link", "set", "lo", "up");
        return host;
    }

    /// <summary>Nothing comes or goes any more.</summary>
    public void Cut(string host) => Ip("link", "set", LinkOf(Number(host)), "down");

    /// <summary>What the host sends gets lost; it still hears.</summary>
    public void Mute(string host) => Ip("-n", host, "route", "add", "blackhole", $"{Outside}/32");

    /// <summary>What is sent to the host gets lost; it is still heard.</summary>
    public void Deafen(string host) => Ip("route", "add", "blackhole", $"{AddressOf(Number(host))}/32");

    /// <summary>Ends whatever is wrong with the host's link.</summary>
    public void Heal(string host)
    {
        Ip("link", "set", LinkOf(Number(host)), "up");
        _ = Run("ip", "-n", host, "route", "del", "blackhole", $"{Outside}/32");
        _ = Run("ip", "route", "del", "blackhole", $"{AddressOf(Number(host))}/32");
    }

    public void Dispose()
    {
        for (var number = 1; number <= _hosts; number++) _ = Run("ip", "route", "del", "blackhole", $"{AddressOf(number)}/32");
        _cleaner.StandardInput.Close();
        _cleaner.WaitForExit(TimeSpan.FromSeconds(30));
        _cleaner.Dispose();
    }

    private static int Number(string host) => int.Parse(host.Split('-')[1], CultureInfo.InvariantCulture);

    private string LinkOf(int number) => $"{_bridge}v{number}";

    private string AddressOf(int number) => $"{_subnet}.{number}";

    private static void Ip(params string[] arguments)
    {
        if (Run("ip", arguments) is { } error) throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
    }

    /// <returns>What it said when it failed; null when all went well.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
