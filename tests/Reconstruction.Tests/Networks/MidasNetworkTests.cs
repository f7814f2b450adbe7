using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Native;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Networks;

/// <summary>Acceptance checks D1, D2, D3, D5 and D6 of the specification for the MiDaS v2.1 network.</summary>
public sealed class MidasNetworkTests : IDisposable
{
    /// <summary>The sizes of midas_reference.py.</summary>
    private static readonly MidasShape Small = new() { Blocks = [2, 1, 2, 1], Groups = 4, Planes = 8, Features = 16, HeadFeatures = 8 };
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("d3-midas-");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void D1_ParameterCounts()
    {
        long Count(string prefix) => MidasArrays.Of(new MidasShape()).Where(a => a.Trained && a.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Sum(a => a.Shape.Aggregate(1L, (product, side) => product * side));
        Assert.Equal(105_362_945, Count(""));
        Assert.Equal(86_742_336, Count("pretrained."));
        Assert.Equal(8_847_360, Count("scratch.layer"));
        Assert.Equal(9_441_280, Count("scratch.refinenet"));
        Assert.Equal(331_969, Count("scratch.output_conv"));
        Assert.Contains(MidasArrays.Of(new MidasShape()), a => a.Name == "scratch.refinenet4.resConfUnit1.conv1.weight");
    }

    [Fact]
    public void D2_AResidualUnitWithoutWeightsRectifiesItsInput()
    {
        var x = tensor(new[] { -2f, 3, -0.5f, 0 }, [1, 1, 2, 2]);
        var (weight, bias) = (zeros([1, 1, 3, 3]), zeros([1]));
        Assert.Equal([0f, 3, 0, 0], MidasNetwork.ResidualUnit(x, weight, bias, weight, bias).data<float>().ToArray());
    }

    [Fact]
    public void D3_OutputsBecomeDepth()
    {
        var output = tensor(new[] { 100f, 0, 10_000, 0.005f }).requires_grad_(true);
        var depth = MidasNetwork.MidasUnits.Depth(output);
        Assert.Equal([100f, 1e6f, 1, 1e6f], depth.data<float>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-6f * b);
        depth.sum().backward();
        Assert.Equal([true, false, true, false], output.grad!.data<float>().ToArray().Select(g => g != 0));
    }

    [Fact]
    public void D5_TrainingChangesScalesButNoRunningStatistic()
    {
        using var network = new MidasNetwork(Small, RandomArrays(), "random", CPU);
        byte[] Bytes(Func<string, bool> which) => [.. network.Weights.Where(w => which(w.Name)).SelectMany(w => w.Value.detach().ToBytes())];
        static bool IsStatistic(string name) => name.Contains(".running_", StringComparison.Ordinal) || name.EndsWith(MidasArrays.BatchCount, StringComparison.Ordinal);
        var (statistics, scale) = (Bytes(IsStatistic), Bytes(name => name == "pretrained.layer1.1.weight"));
        using var adam = new AdamState(network.Parameters, 0.5, 0.9);
        var rgb = Picture(1, 32, 64);
        var losses = new List<float>();
        for (var step = 1; step <= 6; step++)
        {
            using var scope = NewDisposeScope();
            var loss = network.Disparity(rgb).sub(0.5).square().mean();
            loss.backward();
            losses.Add(loss.item<float>());
            adam.Step(1e-3, step);
        }

        Assert.True(losses[^1] < losses[0], string.Join(", ", losses));
        Assert.Equal(statistics, Bytes(IsStatistic));
        Assert.NotEqual(scale, Bytes(name => name == "pretrained.layer1.1.weight"));
    }

    [SkippableFact]
    public async Task D6_OnePictureEqualsAnIndependentImplementation()
    {
        var (state, sample) = (Path.Combine(_folder.FullName, "state.pt"), Path.Combine(_folder.FullName, "case.pt"));
        await RunReference(state, sample);
        var expected = TorchCheckpoint.Read(sample);
        using var network = new MidasNetwork(Small, WeightFile.Read(state), state, CPU);
        var rgb = TensorBytes.FromBytes(expected["rgb"].Bytes.Span, ScalarType.Float32, expected["rgb"].Shape);
        Assert.InRange(Relative(network.Disparity(rgb), expected["output"]), 0, 1e-3);
        Assert.InRange(Relative(network.Depth(rgb), expected["depth"]), 0, 1e-3);
        Assert.True(expected["output"].As<float>().ToArray().Distinct().Count() > 1000, "the reference is degenerate");
    }

    [Fact]
    public void SavedWeightsGiveTheSameBytes()
    {
        using var network = new MidasNetwork(Small, RandomArrays(), "random", CPU);
        var path = Path.Combine(_folder.FullName, "w.safetensors");
        WeightFile.Save(network, path);
        using var again = new MidasNetwork(Small, WeightFile.Read(path), path, CPU);
        using var off = no_grad();
        Assert.Equal(network.Depth(Picture(1, 32, 32)).ToBytes(), again.Depth(Picture(1, 32, 32)).ToBytes());
    }

    [Theory]
    [InlineData("scratch.layer2_rn.weight", null, "'scratch.layer2_rn.weight' [16, 64, 3, 3] is missing")]
    [InlineData("scratch.layer2_rn.weight", 5, "'scratch.layer2_rn.weight' has shape [5], expected [16, 64, 3, 3]")]
    [InlineData("scratch.layer5_rn.weight", 5, "'scratch.layer5_rn.weight' [5] is none of this network's")]
    public void AnArrayThatDoesNotFitIsNamedWithItsFile(string name, int? size, string expected)
    {
        var arrays = RandomArrays();
        if (size is { } n) arrays[name] = new TensorData(DType.Float32, [n], new byte[4 * n]);
        else arrays.Remove(name);
        var error = Assert.Throws<Depth3DException>(() => new MidasNetwork(Small, arrays, "weights.pt", CPU));
        Assert.Equal("weights.pt", error.Where);
        Assert.Contains(expected, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsWithoutBatchCountersAreTaken()
    {
        var arrays = RandomArrays();
        foreach (var name in arrays.Keys.Where(k => k.EndsWith(MidasArrays.BatchCount, StringComparison.Ordinal)).ToArray()) arrays.Remove(name);
        using var network = new MidasNetwork(Small, arrays, "old.pt", CPU);
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("nowhere.pt", Assert.Throws<Depth3DException>(() => DepthNetworks.Open("midas:nowhere.pt", new DepthNetworkOptions())).Message, StringComparison.Ordinal);

    private async Task RunReference(string state, string sample)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Networks", "midas_reference.py");
        try
        {
            var found = await ExternalProcess.RunAsync("/usr/bin/python3", ["-c", "import sys, importlib.util as u; sys.exit(u.find_spec('torch') is None)"], CancellationToken.None);
            Skip.IfNot(found.ExitCode == 0, "Debian's python3-torch is not here");
        }
        catch (Depth3DException)
        {
            Skip.If(true, "python3 is not here");
        }

        var result = await ExternalProcess.RunAsync("/usr/bin/python3", [script, state, sample], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
    }

    private static double Relative(Tensor got, TensorData expected)
    {
        var reference = TensorBytes.FromBytes(expected.Bytes.Span, ScalarType.Float32, expected.Shape);
        Assert.Equal(expected.Shape, got.shape);
        return got.detach().sub(reference).abs().div(reference.abs().clamp_min(1e-3)).max().item<float>();
    }

    private static Tensor Picture(long seed, int height, int width)
    {
        manual_seed(seed);
        return rand([1, 3, height, width]);
    }

    private static Dictionary<string, TensorData> RandomArrays()
    {
        var result = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        foreach (var (name, shape, trained) in MidasArrays.Of(Small))
        {
            var random = new CounterRandom(1, result.Count, 1);
            var count = (int)shape.Aggregate(1L, (product, side) => product * side);
            var spread = shape.Length == 4 ? Math.Sqrt(2.0 / (count / shape[0])) : 0.2;
            var centre = shape.Length == 4 || name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("mean", StringComparison.Ordinal) ? 0 : 1;
            var isCount = !trained && shape.Length == 0;
            var values = Enumerable.Range(0, count).SelectMany(i => isCount ? BitConverter.GetBytes(0L) : BitConverter.GetBytes((float)(centre + (spread * (random.Unit((ulong)i) - 0.5) * 2))));
            result[name] = new TensorData(isCount ? DType.Int64 : DType.Float32, shape, values.ToArray());
        }

        return result;
    }
}
