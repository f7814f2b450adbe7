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
        for (var i = 0; i < 300; i++) Once(); // fills the allocator's and the runtime's pools
        var before = ResidentBytes();
        for (var i = 0; i < 300; i++) Once();
        var grown = ResidentBytes() - before;

        // A leaked copy of the input alone would be 15 MB, a leaked session far more.
        Assert.True(grown < 8 << 20, $"resident memory grew by {grown / 1e6:0.0} MB over 300 sessions");
    }

    [Fact]
    public void Failing_runs_leave_memory_flat()
    {
        var model = TinyModels.Model("x", [-1], "y", [-1], [TinyModels.Node("Add", ["x", "c"], "y")], TinyModels.Floats("c", [3], 1, 2, 3));
        using var session = OnnxSession.FromBytes(model, "add.onnx");
        void Fail() => Assert.ThrowsAny<Messages.Depth3DException>(() => { session.Run(new OnnxTensor(new float[40_000], 40_000)); });
        for (var i = 0; i < 50; i++) Fail();
        var before = ResidentBytes();
        for (var i = 0; i < 200; i++) Fail();
        var grown = ResidentBytes() - before;
        Assert.True(grown < 16 << 20, $"resident memory grew by {grown / 1e6:0.0} MB over 200 failing runs");
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
