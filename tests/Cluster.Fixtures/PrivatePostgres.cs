using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Depth3D.Cluster.Fixtures;

/// <summary>
/// A PostgreSQL of the tests' own: own data folder, own port on loopback, ended by its process id. Started once and shared by whoever asks
/// for <see cref="SharedAsync"/>; every caller makes a database of its own.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string User = "depth3d";
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PrivatePostgres>> Shared = new(() => StartAsync(endsWithProcess: true));

    private readonly string _folder;
    private readonly string _address;
    private int _databases;

    private PrivatePostgres(string folder, int port, string address) => (_folder, Port, _address) = (folder, port, address);

    public int Port { get; }

    /// <summary>Where Debian keeps the server's programs; null where it is not installed.</summary>
    public static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    /// <summary>One server for the whole test run; it ends with this process.</summary>
    public static Task<PrivatePostgres> SharedAsync() => Shared.Value;

    /// <summary>Starts a server that the caller disposes of; it ends with this process in any case.</summary>
    /// <param name="address">Where it listens. Loopback, unless the test has network namespaces: then hosts of that network may come in.</param>
    public static Task<PrivatePostgres> StartAsync(string address = Loopback) => StartAsync(endsWithProcess: true, address);

    /// <summary>Makes an empty database and says how to reach it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        return ConnectionString(name);
    }

    /// <summary>Of the server; null while it is down.</summary>
    public int? ProcessId => Pid();

    /// <summary>Ends the server as a crash would: at once, without a word to its clients.</summary>
    public void Kill()
    {
        if (Pid() is not { } pid) return;
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(StartTime);
        }
        catch (ArgumentException)
        {
            // It was gone.
        }
    }

    /// <summary>Starts the server again on the same data and port, after <see cref="Kill"/> or <see cref="Stop"/>.</summary>
    public void Start() => Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {Port} -k {_folder} -c listen_addresses={_address}"), "start");

    public void Stop() => Run("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private string Data => Path.Combine(_folder, "data");

    private static async Task<PrivatePostgres> StartAsync(bool endsWithProcess, string address = Loopback)
    {
        var folder = Directory.CreateTempSubdirectory("d3d-pg-").FullName;
        var server = new PrivatePostgres(folder, FreePort(), address);
        if (endsWithProcess) server.EndWithThisProcess();
        try
        {
            await Task.Run(server.Initialise).ConfigureAwait(false);
            return server;
        }
        catch
        {
            server.End();
            throw;
        }
    }

    /// <summary>A process of its own waits for this one's end, whichever way that comes, then ends the server by its id and removes its folder.</summary>
    private void EndWithThisProcess()
    {
        const string Script = """
            while kill -0 "$1" 2>/dev/null; do sleep 1; done
            pid=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
            n=0; until rm -rf "$2" || [ $n -ge 50 ]; do n=$((n + 1)); sleep 0.1; done
            """;
        Process.Start(Program("setsid", "/bin/sh", "-c", $"exec >/dev/null 2>&1 </dev/null; {Script}", "sh",
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture), _folder))!.Dispose();
    }

    private void Initialise()
    {
        if (Environment.IsPrivilegedProcess) RunProgram("chown", "postgres", _folder);
        Run("initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync");
        if (_address != Loopback) File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), "host all all samenet trust\n");
        Start();
    }

    private void End()
    {
        if (!Directory.Exists(_folder)) return;
        try
        {
            if (Pid() is not null) Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }
        catch (InvalidOperationException)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private int? Pid()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _address, Port = Port, Username = User, Database = database, Timeout = 15 }.ToString();

    /// <summary>PostgreSQL refuses to run as root, so root runs it as the user that Debian's package made.</summary>
    private static void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs ?? throw new InvalidOperationException("PostgreSQL is not installed"), program);
        if (Environment.IsPrivilegedProcess) RunProgram("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else RunProgram(path, arguments);
    }

    private static void RunProgram(string program, params string[] arguments)
    {
        // Output goes nowhere: the server would keep a pipe open that nobody reads to its end.
        using var process = Process.Start(Program("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]))!;
        if (!process.WaitForExit(StartTime)) throw new InvalidOperationException($"{program} did not end");
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with code {process.ExitCode}");
    }

    /// <summary>With hardly any environment: an engine under test marks its own, and the next one on the same store ends whoever carries that mark.</summary>
    private static ProcessStartInfo Program(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["LC_ALL"]) = ("/usr/sbin:/usr/bin:/sbin:/bin", "C");
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
