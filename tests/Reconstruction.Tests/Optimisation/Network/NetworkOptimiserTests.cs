using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;
using TorchSharp;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

public sealed class NetworkOptimiserTests
{
    private static readonly NetworkSettings Settings = new()
    {
        Network = "tiny",
        Alignment = NetworkAlignment.Scale,
        Epochs = 3,
        WarmupEpochs = 1,
        LearningRate = 1e-3,
        FieldRateFactor = 1,
        Field = new SceneFlowShape { Width = 12, Layers = 1 },
    };

    /// <summary>D5, on parameters and buffers.</summary>
    [Fact]
    public async Task D5_WarmupLeavesTheDepthNetworkAndTrainingItsBuffers() => await OneThread(() =>
    {
        var network = new TinyNetwork();
        using var optimiser = Make(SmallClip.Make(6, 32, 32), network, Settings);
        var first = Bytes(network.Weights);
        optimiser.Run(optimiser.TotalSteps / 3, null, CancellationToken.None);
        Assert.Equal(first, Bytes(network.Weights));
        optimiser.Run(optimiser.TotalSteps, null, CancellationToken.None);
        Assert.NotEqual(first[..3], Bytes(network.Parameters));
        Assert.Equal(first[3..], Bytes([.. network.Weights.Skip(3)]));
        return 0;
    });

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public async Task G2_AnInterruptedRunEndsWithTheSameBytes(int interruptedAt)
    {
        var clip = SmallClip.Make(6, 32, 32);
        var (whole, wholeLoss) = await OneThread(() => Checkpoint(clip, null, 15));
        var (resumed, resumedLoss) = await OneThread(() => Checkpoint(clip, Checkpoint(clip, null, interruptedAt).State, 15));
        Assert.Equal(wholeLoss[interruptedAt..], resumedLoss);
        Assert.Equal(whole.Tensors.Select(t => t.Name), resumed.Tensors.Select(t => t.Name));
        foreach (var (a, b) in whole.Tensors.Zip(resumed.Tensors)) Assert.Equal(a.Values, b.Values);
    }

    [Theory]
    [InlineData("subsample=on", "gaps=2,4")]
    [InlineData("use_disp=off", "use_disp_ratio=on")]
    [InlineData("use_cnn=on", "n_down=2")]
    [InlineData("use_motion_seg=off", "time_dependent=off")]
    [InlineData("weight_steps=on", "warm_reg=on")]
    [InlineData("batch_size=2", "pixel_share=0.4")]
    [InlineData("batching=pair", "targets_per_pass=2")]
    public async Task EveryFormOfTheMethodLearns(params string[] flags)
    {
        var clip = SmallClip.Make(6, 32, 32);
        var settings = PublishedFlags.Apply(Settings with { Epochs = 9, WarmupEpochs = 0 }, flags).Settings;
        await OneThread(() =>
        {
            using var optimiser = Make(clip, new TinyNetwork(), settings);
            var losses = optimiser.Run(optimiser.TotalSteps, null, CancellationToken.None);
            var part = losses.Count / 3; // whole epochs, so that both ends hold the same pairs
            Assert.True(losses.TakeLast(part).Average(l => l.Total) < losses.Take(part).Average(l => l.Total));
            return 0;
        });
    }

    [Fact]
    public void F1_PairsOfAClip()
    {
        Assert.Equal((5 * 60) - 21, new NetworkSettings().PairsOf(60));
        Assert.Equal(274, ParityProfiles.Apply("g-davis", new NetworkSettings()).PairsOf(60));
        Assert.Equal(3494, ParityProfiles.Apply("f-custom", new NetworkSettings()).PairsOf(704));
        using var optimiser = Make(SmallClip.Make(10, 32, 32), new TinyNetwork(), Settings);
        Assert.Equal((5 * 10) - 21, optimiser.Pairs);
        using var parity = Make(SmallClip.Make(10, 32, 32), new TinyNetwork(), Settings with { SkipLastPair = true });
        Assert.Equal((5 * 9) - 21, parity.Pairs);
    }

    [Fact]
    public void AnEpochDrawsEveryPairOnce()
    {
        var clip = SmallClip.Make(9, 32, 32, moving: false).Clip;
        foreach (var batching in new[] { PairBatching.Frame, PairBatching.Pair })
        {
            var settings = Settings with { Batching = batching };
            var plan = new PairPlan(clip, settings);
            foreach (var epoch in new[] { 0, 1 })
            {
                var steps = settings.StepsPerEpoch(9);
                var drawn = Enumerable.Range(epoch * steps, steps).SelectMany(plan.Step).SelectMany(g => g.Flows).Select(f => (f.From, f.To)).ToArray();
                Assert.Equal((5 * 9) - 21, drawn.Distinct().Count());
                Assert.Equal(drawn.Length, drawn.Distinct().Count());
            }
        }
    }

    /// <summary>Without a moving object, depth is what the flow says: the compact network ends well below the noise of its prior.</summary>
    [Fact]
    public async Task G1_ANoisyPriorBecomesAccurate()
    {
        var clip = SmallClip.Make(10, 64, 48, new PriorError(0.3, 0.2, 0.2, new double[8]), moving: false);
        var settings = PublishedFlags.Apply(new NetworkSettings { Network = "unet" },
            ["fit_steps=80", "warm_sf=0", "epoch=14", "lr=1e-3", "rate_end=0.05", "interp_steps=0", "mlp_width=8", "mlp_layers=1"]).Settings;
        await OneThread(() =>
        {
            using var optimiser = Make(clip, DepthNetworks.Open("unet", new DepthNetworkOptions { Seed = 1 }), settings);
            optimiser.Run(optimiser.TotalSteps, null, CancellationToken.None);
            var (before, after) = (clip.AbsRel((_, _) => 0).Static, clip.AbsRel(optimiser).Static);
            Assert.True(after <= 0.5 * before, $"{before} -> {after}");
            return 0;
        });
    }

    [Fact]
    public async Task TheHybridPutsCorrectionsOnTheNetworksDepthAndResumes()
    {
        var clip = SmallClip.Make(6, 32, 32);
        var whole = await OneThread(() => Hybrid(clip, null, 22));
        Assert.Equal(15 + 12, whole.Total);
        var resumed = await OneThread(() => Hybrid(clip, Hybrid(clip, null, 18).State, 22));
        foreach (var (a, b) in whole.State.Tensors.Zip(resumed.State.Tensors)) Assert.Equal(a.Values, b.Values);
        Assert.Equal(whole.Correction, resumed.Correction);
        Assert.NotEqual(whole.Correction, (await OneThread(() => Hybrid(clip, null, 15))).Correction);
    }

    [Fact]
    public async Task ALossThatIsNoNumberNamesTheFrames()
    {
        var clip = SmallClip.Make(6, 32, 32);
        var e = await Assert.ThrowsAsync<Depth3DException>(() => OneThread(() =>
        {
            var network = new TinyNetwork();
            using var optimiser = Make(clip, network, Settings with { WarmupEpochs = 0 });
            using (torch.no_grad()) network.Parameters[0].Value.fill_(double.NaN);
            return optimiser.Run(1, null, CancellationToken.None);
        }));
        Assert.Contains("step 0", e.Message, StringComparison.Ordinal);
        Assert.Matches(@"frames \d and \d", e.Message);
    }

    /// <summary>Tensors are tiny here: a second thread would only wait.</summary>
    private static Task<T> OneThread<T>(Func<T> work) => TorchThread.Run(work, threads: 1);

    private static NetworkOptimiser Make(SmallClip clip, IDepthNetwork network, NetworkSettings settings) => new(clip.Clip, clip.Pictures, network, settings);

    private static (OptimiserCheckpoint State, double[] Losses) Checkpoint(SmallClip clip, OptimiserCheckpoint? from, int untilStep)
    {
        using var optimiser = Make(clip, new TinyNetwork(), Settings);
        from?.Restore(optimiser, "clip", "memory");
        var losses = optimiser.Run(untilStep, null, CancellationToken.None);
        return (OptimiserCheckpoint.Capture(optimiser, "clip"), [.. losses.Select(l => l.Total)]);
    }

    private static (OptimiserCheckpoint State, int Total, double Correction) Hybrid(SmallClip clip, OptimiserCheckpoint? from, int untilStep)
    {
        var field = new FieldSettings { WarmupSteps = 4, JointSteps = 8, StaticSamples = 500, MovingPointsPerFrame = 8, FieldWidth = 8, FieldLayers = 1 };
        using var optimiser = new HybridOptimiser(clip.Clip, Make(clip, new TinyNetwork(), Settings), field);
        from?.Restore(optimiser, "clip", "memory");
        optimiser.Run(untilStep, null, CancellationToken.None);
        return (OptimiserCheckpoint.Capture(optimiser, "clip"), optimiser.TotalSteps, optimiser.Correction(2).At(7.3, 9.1, 0));
    }

    private static string[] Bytes(IReadOnlyList<(string Name, torch.Tensor Value)> weights) =>
        [.. weights.Select(w => w.Name + Convert.ToHexString(w.Value.detach().ToBytes()))];
}
