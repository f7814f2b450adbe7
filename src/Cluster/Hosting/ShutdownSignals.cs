using System.Runtime.InteropServices;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// SIGTERM and SIGINT as a request to end: the first cancels <see cref="Requested"/> and lets the process finish what it holds, the second
/// ends it at once.
/// </summary>
public sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<int> _exit;
    private int _seen;

    /// <param name="exit">Ends the process; the tests only note it.</param>
    public ShutdownSignals(Action<int>? exit = null)
    {
        _exit = exit ?? Environment.Exit;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Requested => _requested.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _requested.Dispose();
    }

    internal void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _seen) == 1) _ = _requested.CancelAsync();
        else _exit(128 + (context.Signal == PosixSignal.SIGTERM ? 15 : 2));
    }
}
