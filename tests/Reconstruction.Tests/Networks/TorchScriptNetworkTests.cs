using System.IO.Compression;
using System.Text;
using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Reconstruction.Models;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Tests.Models;
using Depth3D.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Networks;

/// <summary>The real network under ../shared/data, and archives that are not what they say.</summary>
public sealed class TorchScriptNetworkTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("d3-script-");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public void FineTuningLowersTheLossAndSurvivesSavingInBothFormats()
    {
        using var network = Real();
        Assert.Equal("template tcmonodepth", network.Card.Origin);
        Assert.Equal(64, network.Card.Sha256.Length);
        Assert.Equal(186_063, network.Parameters.Sum(p => p.Value.numel()));
        var rgb = Picture(96, 160);
        network.Affine = DisparityAlignment.Find(network, [(rgb, full([1, 1, 96, 160], 2f).add(Picture(96, 160).narrow(1, 0, 1)))]);
        var statistics = Statistics(network);
        var before = network.Depth(rgb).detach();
        Assert.Equal([1L, 1, 96, 160], before.shape);
        Assert.True(before.gt(0).all().item<bool>());
        var losses = Train(network, rgb, before.mul(1.2), steps: 5);
        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(", ", losses));
        Assert.Equal(statistics, Statistics(network)); // D5
        using var off = no_grad();
        var trained = network.Depth(rgb).ToBytes();
        Assert.NotEqual(before.ToBytes(), trained);

        var (module, weights) = (Path.Combine(_folder.FullName, "tuned.pt"), Path.Combine(_folder.FullName, "tuned.safetensors"));
        network.Save(module);
        WeightFile.Save(network, weights);
        using var again = TorchScriptNetwork.Load(module, network.Card, CPU);
        again.Affine = network.Affine;
        Assert.Equal(trained, again.Depth(rgb).ToBytes());
        using var fresh = Real();
        fresh.Affine = network.Affine;
        WeightFile.Load(fresh, weights);
        Assert.Equal(trained, fresh.Depth(rgb).ToBytes());
        using var other = new UNet(1, CPU);
        Assert.Contains("is missing", Assert.Throws<Depth3DException>(() => WeightFile.Load(other, weights)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void PicturesOfAnySizeGoThroughAloneAsInABatch()
    {
        using var network = Real();
        using var off = no_grad();
        var (a, b) = (Picture(112, 192), Picture(112, 192).flip(3));
        var both = network.Disparity(cat([a, b], 0));
        Assert.Equal([2L, 1, 112, 192], both.shape);
        Assert.InRange(both.narrow(0, 1, 1).sub(network.Disparity(b)).abs().max().item<float>(), 0, 1e-3f * both.abs().max().item<float>());
        Assert.Equal([1L, 1, 300, 500], network.Disparity(Picture(300, 500)).shape);
    }

    [SkippableFact]
    public void ItsPriorEqualsTheOnnxExports()
    {
        var (frame, script) = (CarShadow.Rgb(CarShadow.Require(), 0, 448, 256), "torchscript:" + CarShadow.Model("tcmonodepth-small.torchscript.pt"));
        using var torch = DepthEstimator.Open(script);
        using var onnx = DepthEstimator.Open("onnx:" + CarShadow.Model("tcmonodepth-small.onnx"));
        var (x, y) = (torch.Estimate(frame), onnx.Estimate(frame));
        Assert.Equal((frame.Width, frame.Height, OutputKind.Disparity), (x.Width, x.Height, torch.Kind));
        Assert.True(Correlation(x.Samples, y.Samples) > 0.99, $"correlation {Correlation(x.Samples, y.Samples)}");
    }

    [SkippableFact]
    public void TheRegistryTakesItAndKeepsItApartFromOnnx()
    {
        var path = CarShadow.Model("tcmonodepth-small.torchscript.pt");
        var registry = new ModelRegistry(Path.Combine(_folder.FullName, "models"));
        var card = TorchScriptModels.Add(registry, "mono", path, null, new CardEdits { Licence = "MIT" }, replace: false);
        Assert.Equal(("mono", "model.pt", ModelTask.Depth), (card.Name, card.File, card.Task));
        Assert.True(TorchScriptModels.Has(registry, "mono"));
        Assert.Equal(card.Sha256, TorchScriptModels.Verify(registry, "mono").Sha256);
        Assert.EndsWith("model.pt", TorchScriptReference.FilesOf("torchscript:mono", registry)[0], StringComparison.Ordinal);
        using (DepthNetworks.Open("torchscript:mono", new DepthNetworkOptions { Registry = registry })) { }
        Assert.Contains("torchscript:mono", Assert.Throws<Depth3DException>(() => registry.Open("mono")).Message, StringComparison.Ordinal);
        File.AppendAllText(registry.FilesOf("mono")[0], "x");
        Assert.Contains("changed", Assert.Throws<Depth3DException>(() => TorchScriptModels.Verify(registry, "mono")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CodeOfPythonsInAnArchiveIsRefusedAndNothingRuns()
    {
        var mark = Path.Combine(_folder.FullName, "ran");
        var path = Archive("evil.pt", Pickle(mark));
        var error = Assert.Throws<Depth3DException>(() => DepthNetworks.Open("torchscript:" + path, new DepthNetworkOptions()));
        Assert.Contains("'posix.system'", error.Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => jit.load(path)); // LibTorch itself does not run it either
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void WeightsGivenAsAProgramAndOtherFilesAreNamed()
    {
        var weights = Archive("weights.pt", [0x80, 2, (byte)'}', (byte)'.'], program: false);
        Assert.Contains("without a program", Assert.Throws<Depth3DException>(() => DepthNetworks.Open("torchscript:" + weights, new DepthNetworkOptions())).Message, StringComparison.Ordinal);
        var text = Path.Combine(_folder.FullName, "text.pt");
        File.WriteAllText(text, "no archive at all");
        Assert.Throws<Depth3DException>(() => DepthNetworks.Open("torchscript:" + text, new DepthNetworkOptions()));
        Assert.Contains("nowhere.pt", Assert.Throws<Depth3DException>(() => DepthNetworks.Open("torchscript:nowhere.pt", new DepthNetworkOptions())).Message, StringComparison.Ordinal);
        var empty = Archive("empty.pt", [0x80, 2, (byte)'}', (byte)'.']);
        Assert.Throws<Depth3DException>(() => DepthNetworks.Open("torchscript:" + empty, new DepthNetworkOptions()));
    }

    private static TorchScriptNetwork Real() => TorchScriptNetwork.Open("torchscript:" + CarShadow.Model("tcmonodepth-small.torchscript.pt"), CPU);

    private static List<float> Train(TorchScriptNetwork network, Tensor rgb, Tensor target, int steps)
    {
        using var adam = new AdamState(network.Parameters, 0.5, 0.9);
        var losses = new List<float>();
        for (var step = 1; step <= steps; step++)
        {
            using var scope = NewDisposeScope();
            var loss = network.Depth(rgb).log().sub(target.log()).abs().mean();
            loss.backward();
            losses.Add(loss.item<float>());
            adam.Step(1e-4, step);
        }

        return losses;
    }

    private static byte[] Statistics(TorchScriptNetwork network) => [.. network.Weights.Skip(network.Parameters.Count).SelectMany(w => w.Value.detach().ToBytes())];

    private static Tensor Picture(int height, int width)
    {
        var y = linspace(0, 1, height).reshape(1, 1, height, 1).expand(1, 1, height, width);
        var x = linspace(0, 1, width).reshape(1, 1, 1, width).expand(1, 1, height, width);
        return cat([y, x, x.mul(12).sin().mul(y).mul(0.5).add(0.5)], 1).contiguous();
    }

    private static double Correlation(float[] x, float[] y)
    {
        var (meanX, meanY) = (x.Average(v => (double)v), y.Average(v => (double)v));
        double xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    /// <summary>posix.system("touch MARK").</summary>
    private static byte[] Pickle(string mark)
    {
        var command = Encoding.UTF8.GetBytes($"touch {mark}");
        return [0x80, 2, .. "cposix\nsystem\n"u8, (byte)'X', .. BitConverter.GetBytes(command.Length), .. command, 0x85, (byte)'R', (byte)'.'];
    }

    private string Archive(string name, byte[] pickle, bool program = true)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        void Add(string entry, byte[] bytes)
        {
            using var body = zip.CreateEntry("archive/" + entry, CompressionLevel.NoCompression).Open();
            body.Write(bytes);
        }

        Add("version", "3\n"u8.ToArray());
        Add("data.pkl", pickle);
        if (program) Add("constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
        return path;
    }
}
