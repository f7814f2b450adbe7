using System.Diagnostics;

namespace Depth3D.Cluster.Fixtures;

/// <summary>
/// A small shell process that starts and ends the broker and its port mapper by their pids. It ends both when its input closes,
/// and removes their folder, so nothing is left when the test process dies in whatever way.
/// </summary>
internal sealed class BrokerKeeper : IAsyncDisposable
{
    private const string Script = """
        epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 > /dev/null 2>&1 & epmd=$!
        broker=
        end() { [ -z "$broker" ] || { kill -"$1" "$broker"; wait "$broker"; broker=; } 2> /dev/null; }
        trap '' INT TERM
        while read -r verb; do
          case $verb in
            start) /usr/lib/rabbitmq/bin/rabbitmq-server >> "$HOME/start.log" 2>&1 < /dev/null & broker=$!; echo "$broker" ;;
            stop) end TERM; echo stopped ;;
            kill) end KILL; echo killed ;;
          esac
        done
        end KILL
        kill -KILL "$epmd" 2> /dev/null
        wait 2> /dev/null
        case $HOME in */depth3d-broker-*) rm -rf "$HOME" ;; esac
        """;

    private readonly Process _shell;

    public BrokerKeeper(IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // An engine under test marks this process's environment, and the next engine on the same store ends whoever carries that mark.
        start.Environment.Remove("DEPTH3D_STORE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _shell = Process.Start(start)!;
    }

    /// <returns>The keeper's answer: the broker's pid after a start.</returns>
    public async Task<string> TellAsync(string verb)
    {
        await _shell.StandardInput.WriteLineAsync(verb);
        await _shell.StandardInput.FlushAsync();
        return await _shell.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
            ?? throw new InvalidOperationException($"the broker's keeper ended at '{verb}'");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        _shell.Dispose();
    }
}
