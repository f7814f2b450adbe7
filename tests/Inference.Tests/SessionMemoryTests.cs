using System.Diagnostics;
using Depth3D.Inference.Tests.Support;

namespace Depth3D.Inference.Tests;

/// <summary>Alone in the process while it measures: other tests' memory would be counted too.</summary>
[CollectionDefinition(nameof(SessionMemoryTests), DisableParallelization = true)]
[Collection(nameof(SessionMemoryTests))]
public sealed class SessionMemoryTests
{
    private readonly byte[] _model = TinyModels.Triple(1, 3, 64, 64);
    private readonly float[] _image = new float[3 * 64 * 64];

    [Fact]
    public void Creating_running_and_freeing_leaves_memory_flat()
    {
        for (var i = 0; i < 100; i++) Once();

        // Pools of the allocator and the runtime grow now and then; a leak grows every time. A leaked input copy alone would be 15 MB.
        Assert.True(LeastGrowth(300, Once) < 3 << 20, "resident memory grows with every 300 sessions");
    }

    [Fact]
    public void Failing_runs_leave_memory_flat()
    {
        var model = TinyModels.Model("x", [-1], "y", [-1], [TinyModels.Node("Add", ["x", "c"], "y")], TinyModels.Floats("c", [3], 1, 2, 3));
        using var session = OnnxSession.FromBytes(model, "add.onnx");
        void Fail() => Assert.ThrowsAny<Messages.Depth3DException>(() => { session.Run(new OnnxTensor(new float[40_000], 40_000)); });
        for (var i = 0; i < 50; i++) Fail();
        Assert.True(LeastGrowth(100, Fail) < 3 << 20, "resident memory grows with every 100 failing runs");
    }

    /// <summary>Bytes by which resident memory grew over <paramref name="repeats"/> actions, the least of three tries.</summary>
    private static long LeastGrowth(int repeats, Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = ResidentBytes();
            for (var i = 0; i < repeats; i++) action();
            least = Math.Min(least, ResidentBytes() - before);
        }

        return least;
    }

    private void Once()
    {
        using var session = OnnxSession.FromBytes(_model, "triple", new OnnxSessionOptions { Threads = 2 });
        session.Run(new OnnxTensor(_image, 1, 3, 64, 64));
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
