using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

public sealed class PublishedFlagsTests
{
    [Fact]
    public void FlagsSetWhatTheyName()
    {
        var (settings, warnings) = PublishedFlags.Apply(new NetworkSettings(),
            ["lr=2e-6", "scene_lr_mul=500", "warm_sf=3", "gaps=4,1,2", "use_disp=off", "--time_dependent=off", "weight_steps", "gpu=-1", "precision=bf16"]);
        Assert.Empty(warnings);
        Assert.Equal((2e-6, 1e-3, 3, false, true, "cpu"), (settings.DepthRate, settings.FieldRate, settings.WarmupEpochs, settings.UseDisparity, settings.WeightByGap, settings.Device));
        Assert.Equal([1, 2, 4], settings.Gaps);
        Assert.True(settings.Field is { TimeDependent: false, ReducedPrecision: true });
    }

    [Fact]
    public void DeadFlagsAreAcceptedAndSaySo()
    {
        var (settings, warnings) = PublishedFlags.Apply(new NetworkSettings(), ["one_way=on", "vali_batches=150"]);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("one_way has no effect", warnings[0], StringComparison.Ordinal);
        Assert.Equal(new NetworkSettings().StepsPerEpoch(60), settings.StepsPerEpoch(60));
    }

    [Theory]
    [InlineData("acc_mull=1", "did you mean acc_mul?")]
    [InlineData("warmsf=1", "did you mean warm_sf?")]
    [InlineData("lr=fast", "'fast' for flag lr")]
    [InlineData("epoch=0", "1 to 100000")]
    [InlineData("use_disp=maybe", "on or off")]
    [InlineData("optim=sgd", "expected adam")]
    public void NonsenseIsRefused(string assignment, string said)
    {
        var e = Assert.Throws<Depth3DException>(() => PublishedFlags.Apply(new NetworkSettings(), [assignment]));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    [Fact]
    public void NamesAreUniqueAndTheBlogsCommandIsKnown()
    {
        Assert.Equal(PublishedFlags.All.Count, PublishedFlags.All.Select(f => f.Name).Distinct().Count());
        string[] blog =
        [
            "net", "dataset", "track_id", "gpu", "epoch", "epoch_batches", "vali_batches", "batch_size", "workers", "optim", "lr", "scene_lr_mul", "warm_sf",
            "flow_mul", "disp_mul", "acc_mul", "use_disp", "time_dependent", "sf_mag_div", "gaps", "repeat", "midas", "save_net", "vis_every_train",
            "vis_every_vali", "vis_batches_train", "vis_batches_vali", "vis_at_start", "html_logger", "logdir", "suffix", "force_overwrite", "one_way",
            "loss_type", "l1_mul", "log_time",
        ];
        Assert.All(blog, name => Assert.Equal(name, PublishedFlags.Find(name).Name));
    }

    [Fact]
    public void ParityProfilesAreThePublishedRuns()
    {
        var davis = ParityProfiles.Apply("g-davis", new NetworkSettings());
        Assert.Equal((20, 5, 1e-6, 1e-3, 1.0), (davis.Epochs, davis.WarmupEpochs, davis.DepthRate, davis.FieldRate, davis.AccelerationWeight));
        Assert.True(davis is { Batching: PairBatching.Pair, SkipLastPair: true, AbsoluteLengths: true, Aligning: NetworkAlignment.None });
        var custom = ParityProfiles.Apply("f-custom", new NetworkSettings());
        Assert.Equal((10, 48, 6), (custom.Epochs, custom.Field.Width, custom.Field.Layers));
        Assert.Throws<Depth3DException>(() => ParityProfiles.Apply("davis", new NetworkSettings()));
    }
}
