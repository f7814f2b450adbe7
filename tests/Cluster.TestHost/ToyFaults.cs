using System.Diagnostics;
using System.Globalization;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.TestHost;

/// <summary>Carries out what <see cref="ToyFault"/>s say, in a worker or in its children, which are told by their arguments.</summary>
public sealed class ToyFaults(IReadOnlyList<ToyFault> faults) : ICanary
{
    /// <summary>Environment variable of workers: faults.</summary>
    public const string Variable = "TOY_FAULTS";

    private const int Chunk = 64 << 10, Chunks = 16;
    private const int StaleHandle = 116;

    public static ToyFaults Of(string? text) => new(ToyFault.Parse(text));

    /// <summary>What a stage does after its inputs were read and before its files are written.</summary>
    public async Task HookAsync(StageContext context, CancellationToken cancellation)
    {
        foreach (var fault in faults.Where(f => f.IsFor(context.Clip, context.Id))) await DoAsync(fault, context, cancellation);
    }

    /// <summary>Kind <c>wrong</c>: the device computes wrongly.</summary>
    public string? Check(StageContext computed) =>
        faults.Any(f => f.Kind == "wrong" && f.IsFor(computed.Clip, computed.Id)) ? "1 of 4 entries of a known product is wrong" : null;

    /// <summary>How a child of a worker with these faults is started.</summary>
    public static ChildCommand Child(string? text)
    {
        var plain = ChildCommand.OfThisProgram();
        return plain with { Arguments = [.. plain.Arguments, "toy", text ?? ""] };
    }

    private static Task DoAsync(ToyFault fault, StageContext context, CancellationToken cancellation) => fault.Kind switch
    {
        "die-writing" => DieWritingAsync(context, cancellation),
        "write-much" => WriteMuchAsync(context, cancellation),
        "stale" => throw new IOException("Stale file handle", StaleHandle),
        "memory" => NeedMemoryAsync(fault, context),
        "lost" => throw new Depth3DException("CUDA error: the device is lost", context.Id.ToString(), kind: FailureKind.Transient),
        "bad" => throw new Depth3DException("a frame is upside down", context.Id.ToString(), kind: FailureKind.BadInput),
        "hang" => Task.Delay(Timeout.Infinite, CancellationToken.None),
        "family" => FamilyAsync(fault, cancellation),
        "crash" => WildStages.CrashAsync(),
        "slow" => Task.Delay(int.Parse(fault.Argument, CultureInfo.InvariantCulture), cancellation),
        "wrong" => File.WriteAllTextAsync(context.Output("damage.txt"), "what a sick device computed", cancellation),
        _ => throw new InvalidOperationException($"no fault '{fault.Kind}'"),
    };

    /// <summary>SIGKILL between two parts of a file.</summary>
    private static async Task DieWritingAsync(StageContext context, CancellationToken cancellation)
    {
        await using var file = File.Create(context.Output(ToyStage.FileOf(context.Id.Stage, context.Id.TaskIndex)));
        await file.WriteAsync("half of a "u8.ToArray(), cancellation);
        file.Flush(flushToDisk: true);
        Console.WriteLine($"dying {context.Id}");
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>A MiB into the task's folder, part by part, so that a disk can become full in the middle; taken away again when it fits.</summary>
    private static async Task WriteMuchAsync(StageContext context, CancellationToken cancellation)
    {
        var path = context.Output("much.bin");
        await using (var file = File.Create(path))
        {
            for (var i = 0; i < Chunks; i++) await file.WriteAsync(new byte[Chunk], cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    /// <summary>
    /// A device of the node's own memory, in which the task needs ARGUMENT MiB at rung 0 and half as much at each further one. What does
    /// not fit fails as a device's allocator says it.
    /// </summary>
    private static Task NeedMemoryAsync(ToyFault fault, StageContext context)
    {
        var needed = (long.Parse(fault.Argument, CultureInfo.InvariantCulture) << 20) >> context.Rung;
        var there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return needed <= there ? Task.CompletedTask : throw new TaskFaultException(new TaskFault(
            FailureKind.OutOfMemory, $"CUDA out of memory: tried to allocate {needed >> 20} MiB of {there >> 20}", "", MemoryBytes: there));
    }

    /// <summary>Leaves programs running, one of them in a session of its own, writes their ids into file ARGUMENT, and does not end.</summary>
    private static async Task FamilyAsync(ToyFault fault, CancellationToken cancellation)
    {
        using var plain = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        using var far = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"]))!;
        await File.WriteAllTextAsync(fault.Argument, $"{Environment.ProcessId} {plain.Id} {far.Id}", cancellation);
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
