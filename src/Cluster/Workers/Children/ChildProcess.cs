using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Depth3D.Messages;
using Depth3D.Native;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>One child as its node sees it: a pipe of orders, a stream of words, and an end that takes along whatever it started.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan EndStep = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _mark;
    private readonly Channel<ChildProtocol.Word> _words = Channel.CreateUnbounded<ChildProtocol.Word>();
    private readonly Task _reading;
    private TaskFault? _verdict;

    private ChildProcess(Process process, string mark, Slot slot)
    {
        (_process, _mark, Slot) = (process, mark, slot);
        Id = process.Id;
        _reading = Task.Run(ReadAsync);
        _ = Task.Run(ReadErrorsAsync);
    }

    public int Id { get; }

    public Slot Slot { get; }

    /// <summary>Words of the child; completed when it has ended or talks nonsense.</summary>
    public ChannelReader<ChildProtocol.Word> Words => _words.Reader;

    /// <summary>Why the node ended it; null when it ended by itself.</summary>
    public TaskFault? Verdict => _verdict;

    public bool HasEnded => _words.Reader.Completion.IsCompleted || _process.HasExited;

    public static ChildProcess Start(ChildCommand command, Slot slot, IReadOnlyDictionary<string, string> environment, string stateFolder)
    {
        var mark = Guid.NewGuid().ToString("n");
        var marked = new Dictionary<string, string>(environment) { [ChildEnvironment.NodeVariable] = stateFolder, [ChildEnvironment.ChildVariable] = mark };
        var process = ExternalProcess.Start(command.Program, command.Arguments, redirectInput: true, marked, inheritEnvironment: false);
        return new ChildProcess(process, mark, slot);
    }

    /// <exception cref="IOException">It has ended.</exception>
    public async Task SendAsync(ChildProtocol.Order order)
    {
        await _process.StandardInput.WriteLineAsync(ChildProtocol.Write(order)).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Ends it at once for this reason; the stream of words ends soon after. The first reason counts.</summary>
    public void Condemn(TaskFault verdict)
    {
        Interlocked.CompareExchange(ref _verdict, verdict, null);
        ProcessTable.End(-Id);
        ProcessTable.End(Id);
    }

    /// <summary>Ends it with everything it started, whatever group or session that moved to.</summary>
    /// <returns>Nothing is left of it. False: something cannot be ended.</returns>
    public async Task<bool> EndAsync(TimeProvider time, TimeSpan longest)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            ProcessTable.End(-Id);
            foreach (var id in Left()) ProcessTable.End(id);
            if (IsGone()) break;
            if (time.GetElapsedTime(begun) >= longest) return false;
            await Task.Delay(EndStep, time).ConfigureAwait(false);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
        return true;
    }

    /// <summary>True when nothing of it runs any more.</summary>
    public bool IsGone() => !ProcessTable.IsAlive(Id) && Left().Count == 0;

    /// <summary>Waits for its end, bounded.</summary>
    /// <returns>Its exit code, 128 and the number where a signal ended it; -1 where it has not ended.</returns>
    public async Task<int> ExitAsync(TimeProvider time, TimeSpan longest)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(longest, time).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            return -1;
        }
    }

    private IReadOnlyList<int> Left() => ProcessTable.Carrying(ChildEnvironment.ChildVariable, _mark);

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
                _words.Writer.TryWrite(ChildProtocol.Read<ChildProtocol.Word>(line));
        }
        catch (Exception e) when (e is JsonException or IOException or ObjectDisposedException)
        {
            Condemn(new TaskFault(FailureKind.Transient, $"the child process said what nobody understands: {e.Message}", ""));
        }

        _words.Writer.TryComplete();
    }

    /// <summary>What libraries and programs print belongs into the attempt's log.</summary>
    private async Task ReadErrorsAsync()
    {
        try
        {
            while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
                _words.Writer.TryWrite(new ChildProtocol.Word.Logged(LogLevel.Information, line));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
