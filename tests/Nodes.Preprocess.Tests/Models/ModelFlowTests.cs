using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Flow;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Flow;

namespace Depth3D.Nodes.Preprocess.Tests.Models;

public sealed class ModelFlowTests : IDisposable
{
    private const int Width = 64, Height = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("depth3d-flow-").FullName;

    private ModelRun Run(string? card)
    {
        // Red grows by 2 and green by 1 per frame; the model runs at half the size, so its pixels count double.
        var run = ModelRun.Create(4, Width, Height, frame =>
        {
            var rgb = new Raster<byte>(Width, Height, 3);
            for (var i = 0; i < rgb.PixelCount; i++) (rgb.Samples[3 * i], rgb.Samples[(3 * i) + 1]) = ((byte)(50 + (2 * frame)), (byte)(50 + frame));
            return rgb;
        });
        File.WriteAllBytes(Path.Combine(_folder, "f.onnx"), ModelFiles.ColourFlow());
        if (card is not null) File.WriteAllText(Path.Combine(_folder, "f.json"), card);
        run.Options = run.Options with { Flow = run.Options.Flow with { Method = $"onnx:{Path.Combine(_folder, "f.onnx")}" } };
        return run;
    }

    [Fact]
    public async Task A_models_flow_is_scaled_to_the_training_size_and_checked_both_ways()
    {
        using var run = Run(ModelFiles.ColourFlowCard);
        await run.Execute(new FlowStage());
        var pair = FlowFile.Read(run.PathOf(Stages.Flow, Artifacts.Flow(1, 3)));
        Assert.Equal(8, pair.Forward[20, 10, 0], 1e-3f);
        Assert.Equal(4, pair.Forward[20, 10, 1], 1e-3f);
        Assert.Equal(-8, pair.Backward[20, 10, 0], 1e-3f);
        Assert.Equal(1, pair.ForwardValid[20, 10]);
    }

    [Fact]
    public async Task A_flow_model_without_a_card_and_an_unknown_method_are_refused()
    {
        using var run = Run(card: null);
        Assert.Contains("no template fits", (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new FlowStage()))).What, StringComparison.Ordinal);
        run.Options = run.Options with { Flow = run.Options.Flow with { Method = "magic" } };
        Assert.Equal(FailureKind.Usage, (await Assert.ThrowsAsync<Depth3DException>(() => run.Execute(new FlowStage()))).Kind);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
