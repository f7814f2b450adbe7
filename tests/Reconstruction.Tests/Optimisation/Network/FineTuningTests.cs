using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Tests.Models;
using Depth3D.Tensors;
using TorchSharp;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>The real TorchScript network under ../shared/data, fine-tuned by the whole method.</summary>
public sealed class FineTuningTests
{
    [SkippableFact]
    public async Task ATorchScriptNetworkLearnsIsSavedAndGivesTheSameAgain()
    {
        var file = CarShadow.Model("tcmonodepth-small.torchscript.pt");
        var clip = SmallClip.Make(7, 96, 64);
        var settings = PublishedFlags.Apply(new NetworkSettings { Network = "torchscript:" + file },
            ["epoch=3", "warm_sf=1", "lr=1e-4", "scene_lr_mul=10", "gaps=1,2,4", "mlp_width=8", "mlp_layers=1"]).Settings;
        var folder = Directory.CreateTempSubdirectory("d3-tuned-");
        await TorchThread.Run(() =>
        {
            var network = DepthNetworks.Open(settings.Network, new DepthNetworkOptions());
            using var optimiser = new NetworkOptimiser(clip.Clip, clip.Pictures, network, settings);
            var losses = optimiser.Run(optimiser.TotalSteps, null, CancellationToken.None).Where(l => !l.Warmup).Select(l => l.Total).ToArray();
            var half = losses.Length / 2;
            Assert.True(losses[half..].Average() < losses[..half].Average(), string.Join(", ", losses));

            using var off = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var path = Path.Combine(folder.FullName, "tuned.safetensors");
            WeightFile.Save(network, path);
            using var again = (IDisparityNetwork)DepthNetworks.Open(settings.Network, new DepthNetworkOptions());
            var picture = torch.rand([1, 3, 64, 96]);
            Assert.NotEqual(((IDisparityNetwork)network).Disparity(picture).ToBytes(), again.Disparity(picture).ToBytes());
            WeightFile.Load(again, path);
            Assert.Equal(((IDisparityNetwork)network).Disparity(picture).ToBytes(), again.Disparity(picture).ToBytes());
            return 0;
        }, threads: 1);
        folder.Delete(true);
    }
}
