using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Networks;
using TorchSharp;

namespace Depth3D.Nodes.Trainer.Tests;

/// <summary>Methods network and hybrid through the train stage.</summary>
public sealed class NetworkStageTests
{
    private static readonly DepthOptions Tiny = ChainRun.Options with
    {
        Train = new TrainOptions
        {
            Method = "network",
            Network = "unet",
            ChunkSteps = 9,
            Steps = 6,
            WarmupSteps = 2,
            Set = ["fit_steps=2", "epoch=2", "warm_sf=1", "gaps=1,2", "mlp_width=8", "mlp_layers=1", "pixel_share=0.1", "one_way=on"],
        },
    };

    [Fact]
    public async Task LeavesDepthAndWeightsThatLoadAgain()
    {
        using var inputs = new TruthInputs();
        await ChainRun.All(inputs, Tiny);
        var info = StageJson.Read<TrainInfo>(inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Equal(("network", 16), (info.Method, info.Steps));
        Assert.DoesNotContain(Npy.Read(inputs.PathOf(Stages.Train, Artifacts.Refined(3))).As<float>().ToArray(), d => !(d > 0 && float.IsFinite(d)));
        using var again = new UNet(99, torch.CPU);
        WeightFile.Load(again, inputs.PathOf(Stages.Train, Artifacts.Weights("network")));
        Assert.Contains("convs.0.conv.weight", SafeTensors.Read(inputs.PathOf(Stages.Train, Artifacts.Weights("motion"))).Tensors.Keys);
    }

    [Fact]
    public void TheHybridIsAsLongAsBothMethods()
    {
        using var inputs = new TruthInputs();
        var plan = new TrainStage().Plan(new StagePlanContext(Tiny with { Train = Tiny.Train with { Method = "hybrid" } }, inputs));
        Assert.Equal("steps 18-23", plan[^1].Label);
    }

    [Theory]
    [InlineData("acc_mull=1", null, "unet", "did you mean acc_mul?")]
    [InlineData("acc_mul=1", "davis", "unet", "g-davis, f-custom")]
    [InlineData("acc_mul=1", null, "resnet", "unknown depth network")]
    public async Task RefusesWhatDoesNotExist(string flag, string? parity, string network, string said)
    {
        using var inputs = new TruthInputs();
        var options = Tiny with { Train = Tiny.Train with { Set = [flag], Parity = parity, Network = network } };
        var e = await Assert.ThrowsAsync<Depth3DException>(() => ChainRun.One(inputs, options, 0));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, e.Kind);
    }
}
