using System.Diagnostics;
using System.Runtime.InteropServices;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.TestHost;

/// <summary>Stages that do to their process what native libraries and external programs have done to others.</summary>
public static partial class WildStages
{
    public const string Recipe = "wild";

    public static IReadOnlyList<IStage> All =>
    [
        Stage("calm", (_, _) => Task.CompletedTask),
        Stage("crash", (_, _) => CrashAsync()),
        Stage("exit", (_, _) =>
        {
            Console.Error.WriteLine("assertion failed: x > 0");
            Environment.Exit(77);
            return Task.CompletedTask;
        }),
        Stage("silent", (_, _) => Task.Delay(Timeout.Infinite, CancellationToken.None)),
        Stage("waiting", (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation)),
        Stage("greedy", GreedyAsync),
        Stage("parent", ParentAsync),
        Stage("printing", PrintAsync),
        Stage("defect", (_, _) => throw new InvalidOperationException("index went wild")),
        Stage("bad-input", (_, _) => throw new Depth3DException("a frame is upside down", "frame 3")),
        Stage("out-of-memory", (_, _) => throw new OutOfMemoryException()),
        Stage("full-disk", (_, _) => throw new IOException("No space left on device", 28)),
        Stage("environment", (context, cancellation) => File.WriteAllLinesAsync(context.Output("environment.txt"),
            Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(n => $"{n}={Environment.GetEnvironmentVariable(n)}"), cancellation)),
    ];

    /// <summary>A fault in native code.</summary>
    public static Task CrashAsync()
    {
        _ = Length(1 << 20);
        return Task.CompletedTask;
    }

    private static ToyStage Stage(string name, Func<StageContext, CancellationToken, Task> hook) => new(name, 1, [], hook: hook);

    /// <summary>Takes memory and touches it, until it is ended.</summary>
    private static async Task GreedyAsync(StageContext context, CancellationToken cancellation)
    {
        var held = new List<byte[]>();
        while (true)
        {
            var block = GC.AllocateUninitializedArray<byte>(8 << 20, pinned: true);
            Array.Fill(block, (byte)1);
            held.Add(block);
            context.Progress.Report(new StageProgress(0.1, $"{held.Count * 8} MiB"));
            await Task.Delay(10, cancellation);
        }
    }

    /// <summary>Leaves programs running, one of them in a session of its own, and does not end.</summary>
    private static async Task ParentAsync(StageContext context, CancellationToken cancellation)
    {
        using var plain = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        using var far = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"]))!;
        context.Progress.Report(new StageProgress(0.1, $"{plain.Id} {far.Id}"));
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    private static Task PrintAsync(StageContext context, CancellationToken cancellation)
    {
        _ = Write(1, "{\"word\":\"done\"}\n", 16);
        Console.WriteLine("password=hunter2secret");
        return Task.CompletedTask;
    }

    [LibraryImport("libc", EntryPoint = "strlen")]
    private static partial nint Length(nint address);

    [LibraryImport("libc", EntryPoint = "write", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Write(int descriptor, string text, nint length);
}
