using Depth3D.Inference.Tests.Support;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

public sealed class OnnxSessionTests
{
    [Fact]
    public void Describes_its_inputs_and_outputs()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Disparity(), "tiny");
        var input = Assert.Single(session.Inputs);
        Assert.Equal("image", input.Name);
        Assert.Equal(OnnxElementType.Float32, input.ElementType);
        Assert.Equal([1, 3, -1, -1], input.Shape);
        Assert.Equal("disparity", Assert.Single(session.Outputs).Name);
        Assert.Equal("CPU", session.Provider);
        Assert.Empty(session.Warnings);
    }

    [Fact]
    public void Runs_at_any_size_that_the_model_leaves_open()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Disparity(), "tiny");
        foreach (var (height, width) in new[] { (2, 3), (5, 4) })
        {
            var values = Enumerable.Range(0, 3 * height * width).Select(i => (float)i).ToArray();
            var output = session.Run(new OnnxTensor(values, 1, 3, height, width))["disparity"];
            Assert.Equal([1, 1, height, width], output.Shape);
            Assert.Equal(Enumerable.Range(0, height * width).Select(i => (float)i + (height * width)), output.Values);
        }
    }

    /// <summary>2^60 bytes lie outside of any address space, so no machine begins to fill them.</summary>
    [Fact]
    public void Memory_that_does_not_suffice_is_told_from_a_bad_model()
    {
        var model = TinyModels.Model("x", [2], "y", [-1, -1], [TinyModels.Node("Cast", ["x"], "shape", TinyModels.Int("to", 7)), TinyModels.Node("ConstantOfShape", ["shape"], "y")]);
        using var session = OnnxSession.FromBytes(model, "giant");
        Assert.Throws<OutOfMemoryException>(() => { session.Run(new OnnxTensor([1 << 30, 1 << 28], 2)); });
        Assert.Equal(6, session.Run(new OnnxTensor([2, 3], 2))["y"].Values.Length);
    }

    [Fact]
    public void A_lean_session_gives_the_same_numbers()
    {
        var image = new OnnxTensor([.. Enumerable.Range(0, 3 * 64 * 64).Select(i => MathF.Sin(i))], 1, 3, 64, 64);
        using var usual = OnnxSession.FromBytes(TinyModels.Triple(1, 3, 64, 64), "triple");
        using var lean = OnnxSession.FromBytes(TinyModels.Triple(1, 3, 64, 64), "triple", new OnnxSessionOptions { IsLean = true });
        for (var run = 0; run < 3; run++) Assert.Equal(usual.Run(image).Single().Value.Values, lean.Run(image).Single().Value.Values);
    }

    [Fact]
    public void Two_sessions_and_many_threads_share_the_runtime()
    {
        using var identity = OnnxSession.FromBytes(TinyModels.Identity(4), "identity");
        using var triple = OnnxSession.FromBytes(TinyModels.Triple(4), "triple");
        Parallel.For(0, 200, i =>
        {
            float[] x = [i, i + 1, i + 2, i + 3];
            Assert.Equal(x, identity.Run(new OnnxTensor(x, 4))["y"].Values);
            Assert.Equal(x.Select(v => 3 * v), triple.Run(new OnnxTensor(x, 4))["y"].Values);
        });
    }

    [Fact]
    public void A_wrong_shape_says_what_was_expected_and_what_was_given()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Triple(1, 4), "triple.onnx");
        var error = Assert.Throws<Depth3DException>(() => session.Run(new OnnxTensor(new float[6], 1, 6)));
        Assert.Contains("expected input x float32 [1, 4], got [1, 6]", error.What, StringComparison.Ordinal);
        Assert.Equal("triple.onnx", error.Where);
    }

    [Fact]
    public void Missing_and_unknown_inputs_are_named()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Triple(2), "triple");
        var x = new OnnxTensor([1, 2], 2);
        Assert.Contains("'z'", Assert.Throws<Depth3DException>(() => session.Run(
            new Dictionary<string, OnnxTensor> { ["x"] = x, ["z"] = x })).What, StringComparison.Ordinal);
        Assert.Contains("input x", Assert.Throws<Depth3DException>(() => session.Run(new Dictionary<string, OnnxTensor>())).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_the_runtime_refuses_carries_its_text()
    {
        var model = TinyModels.Model("x", [2], "y", [2], [TinyModels.Node("NoSuchOperator", ["x"], "y")]);
        var error = Assert.ThrowsAny<Depth3DException>(() => OnnxSession.FromBytes(model, "odd.onnx"));
        Assert.Contains("NoSuchOperator", error.What, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, error.Kind);
    }

    [Fact]
    public void A_failing_run_carries_the_runtimes_text_and_the_session_still_works()
    {
        // The shapes fit the declared input but not each other: x [n] + three [3].
        var model = TinyModels.Model("x", [-1], "y", [-1], [TinyModels.Node("Add", ["x", "c"], "y")], TinyModels.Floats("c", [3], 1, 2, 3));
        using var session = OnnxSession.FromBytes(model, "add.onnx");
        var error = Assert.ThrowsAny<Depth3DException>(() => session.Run(new OnnxTensor(new float[5], 5)));
        Assert.Contains("ONNX Runtime", error.What, StringComparison.Ordinal);
        Assert.Equal([2, 3, 4], session.Run(new OnnxTensor([1, 1, 1], 3))["y"].Values);
    }

    [Fact]
    public void Use_after_dispose_is_refused()
    {
        var session = OnnxSession.FromBytes(TinyModels.Identity(1), "identity");
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run(new OnnxTensor([1], 1)));
    }

    [Fact]
    public void A_cancelled_token_ends_the_run()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Identity(1), "identity");
        using var cancelled = new CancellationTokenSource();
        Assert.Equal([7], session.Run(new OnnxTensor([7], 1), cancelled.Token)["y"].Values);
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(new OnnxTensor([1], 1), cancelled.Token));
    }

    [Fact]
    public async Task A_run_that_would_not_end_is_stopped()
    {
        using var session = OnnxSession.FromBytes(TinyModels.EndlessLoop(), "loop");
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var run = Task.Run(() => session.Run(new OnnxTensor(new float[12], 1, 3, 2, 2), limit.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [SkippableFact]
    public void Cuda_without_its_libraries_falls_back_to_the_cpu_with_a_warning()
    {
        Skip.If(File.Exists(Path.Combine(Path.GetDirectoryName(OnnxRuntime.FindLibrary())!, "libonnxruntime_providers_cuda.so")));
        using var session = OnnxSession.FromBytes(TinyModels.Triple(1), "triple", new OnnxSessionOptions { Device = "cuda:0" });
        Assert.Equal("CPU", session.Provider);
        Assert.Contains("libonnxruntime_providers_cuda.so", Assert.Single(session.Warnings), StringComparison.Ordinal);
        Assert.Equal([6], session.Run(new OnnxTensor([2], 1))["y"].Values);
    }

    [Fact]
    public void An_unknown_device_is_a_usage_error() => Assert.Equal(FailureKind.Usage, Assert.Throws<Depth3DException>(
        () => OnnxSession.FromBytes(TinyModels.Identity(1), "identity", new OnnxSessionOptions { Device = "tpu" })).Kind);
}
