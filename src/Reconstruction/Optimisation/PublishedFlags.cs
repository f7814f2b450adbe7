using Depth3D.Messages;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Every flag of the published train command with what it does here (spec 5), and the network method's own flags. One table for parsing,
/// help and documentation.
/// </summary>
public static class PublishedFlags
{
    public static IReadOnlyList<PublishedFlag> All { get; } =
    [
        .. Schedule(), .. Losses(), .. Model(), .. Own(),
        .. Dead("the run's folder is --out; its files have fixed names", "logdir", "suffix", "full_logdir", "exprdir_no_prefix", "expr_id"),
        .. Dead("pictures and loss curves are always written, once per chunk", "html_logger", "vis_every_train", "vis_every_vali", "vis_batches_train",
            "vis_batches_vali", "vis_at_start", "tensorboard", "tensorboard_keyword", "log_batch", "vis_workers", "vis_param_f"),
        .. Dead("validation compared with the first depth and told nothing (ledger 10); held-out pairs are measured instead", "vali_batches", "vali_at_start"),
        .. Dead("a checkpoint with the optimiser's state is kept at the end of every chunk", "save_net", "save_net_opt"),
        .. Dead("the same command resumes; --fresh starts again", "resume", "force_overwrite"),
        .. Dead("the clip is the run's source", "dataset", "track_id", "test_template"),
        .. Dead("the clip lies in memory", "workers", "cache", "no_batching"),
        .. Dead("one process trains one clip", "multiprocess_distributed"),
        .. Dead("reaches only SGD in the published code, which trains with Adam", "wdecay"),
        .. Dead("no code path of the published method uses it (ledger 19)", "one_way", "loss_type", "l1_mul", "log_time", "static", "static_mul",
            "sf_min_mul", "sf_quantile", "si_mul", "cos_mul", "motion_seg_hard", "warm_mul", "warm_static", "use_embedding", "select", "overfit",
            "print_net", "init_type", "mixed_precision_training", "loss_scaling"),
    ];

    /// <exception cref="Depth3DException">There is no such flag; names the nearest one.</exception>
    public static PublishedFlag Find(string name) => All.FirstOrDefault(f => f.Name == name) ?? throw new Depth3DException(
        $"there is no flag '{name}'", "--set", $"did you mean {Nearest(name)}? `depth3d flags` lists them all", FailureKind.Usage);

    /// <param name="assignments">NAME=VALUE, or NAME alone for a switch.</param>
    /// <returns>The settings, and a sentence for each flag that does nothing.</returns>
    /// <exception cref="Depth3DException">An unknown name or a value that makes no sense.</exception>
    public static (NetworkSettings Settings, IReadOnlyList<string> Warnings) Apply(NetworkSettings settings, IEnumerable<string> assignments)
    {
        var warnings = new List<string>();
        foreach (var assignment in assignments)
        {
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? (assignment, "") : (assignment[..at], assignment[(at + 1)..]);
            var flag = Find(name.TrimStart('-'));
            if (flag.Set is { } set) settings = set(settings, new FlagValue(flag.Name, value));
            else warnings.Add($"flag {flag.Name} has no effect: {flag.Effect}");
        }

        return (settings, warnings);
    }

    private static IEnumerable<PublishedFlag> Schedule() =>
    [
        Live("epoch", "20 (fork: 10)", "20", "epochs in all, warm-up included", (s, v) => s with { Epochs = v.Whole(1, 100_000) }),
        Live("epoch_batches", "2000", "2000", "pairs of an epoch at most", (s, v) => s with { EpochBatches = v.Whole(1) }),
        Live("warm_sf", "5", "5", "first epochs, which train only the scene flow, on squared flow residuals", (s, v) => s with { WarmupEpochs = v.Whole(0) }),
        Live("batch_size", "1", "1", "frames (batching=frame) or pairs that make one step", (s, v) => s with { BatchSize = v.Whole(1, 1000) }),
        Live("optim", "adam", "adam", "only adam", (s, v) => v.OneOf(("adam", s))),
        Live("lr", "1e-6", "1e-6; unet 1e-4", "learning rate of the depth network", (s, v) => s with { LearningRate = v.Number(0, 1) }),
        Live("scene_lr_mul", "1000", "what makes 1e-3", "learning rate of the scene flow over lr", (s, v) => s with { FieldRateFactor = v.Number(0) }),
        Live("adam_beta1", "0.5", "0.5", "decay of Adam's first moment", (s, v) => s with { Beta1 = v.Number(0, 0.999999) }),
        Live("adam_beta2", "0.9", "0.9", "decay of Adam's second moment", (s, v) => s with { Beta2 = v.Number(0, 0.999999) }),
        Live("gaps", "1,2,4,6,8", "1,2,4,6,8", "frame gaps of pairs", (s, v) => s with { Gaps = v.Gaps }),
        Live("repeat", "1", "1", "times a pair occurs in an epoch", (s, v) => s with { Repeat = v.Whole(1, 1000) }),
        Live("subsample", "-", "off", "a step of the scene flow is two frames; gaps must be even", (s, v) => s with { Subsample = v.Switch }),
        Live("manual_seed", "-", "--seed", "seed of every random choice", (s, v) => s with { Seed = v.Whole(0) }),
        Live("gpu", "0", "--device", "index of the GPU; none or -1 for the CPU",
            (s, v) => s with { Device = v.Text is "none" or "-1" ? "cpu" : $"cuda:{v.Whole(0, 255)}" }),
    ];

    private static IEnumerable<PublishedFlag> Losses() =>
    [
        Live("flow_mul", "1", "1", "weight of the flow loss", (s, v) => s with { FlowWeight = v.Number(0) }),
        Live("disp_mul", "1", "1", "weight of the disparity loss, or of what stands in its place", (s, v) => s with { DisparityWeight = v.Number(0) }),
        Live("acc_mul", "1", "1", "weight of the acceleration prior", (s, v) => s with { AccelerationWeight = v.Number(0) }),
        Live("use_disp", "on", "on", "disparity loss; off: scene flow against the flow's own displacement", (s, v) => s with { UseDisparity = v.Switch }),
        Live("use_disp_ratio", "-", "off", "without use_disp, which depth difference is logged", (s, v) => s with { LogDisparityRatio = v.Switch }),
        Live("midas", "on", "on", "pixels at 100 units of length or beyond do not count; --network chooses the network", (s, v) => s with { FarMask = v.Switch }),
        Live("interp_steps", "5", "5", "above 0: the acceleration prior acts", (s, v) => s with { InterpolationSteps = v.Whole(0) }),
        Live("warm_reg", "-", "off", "the acceleration prior acts during warm-up too", (s, v) => s with { RegulariseWarmup = v.Switch }),
        Live("weight_steps", "-", "off", "a pair's losses count as often as its gap", (s, v) => s with { WeightByGap = v.Switch }),
        Live("use_motion_seg", "-", "on", "static pixels of the mask do not move", (s, v) => s with { UseMotionMask = v.Switch }),
    ];

    private static IEnumerable<PublishedFlag> Model() =>
    [
        Live("net", "scene_flow_motion_field", "scene_flow_motion_field", "the only model there is", (s, v) => v.OneOf(("scene_flow_motion_field", s))),
        Live("time_dependent", "on", "on", "the scene flow sees the time", (s, v) => s with { Field = s.Field with { TimeDependent = v.Switch } }),
        Live("sf_mag_div", "100", "100", "divisor of the scene-flow network's output", (s, v) => s with { Field = s.Field with { Divisor = v.Number(1e-6) } }),
        Live("n_freq_xyz", "16", "16", "frequencies of the encoded place", (s, v) => s with { Field = s.Field with { SpaceFrequencies = v.Whole(1, 64) } }),
        Live("n_freq_t", "16", "16", "frequencies of the encoded time", (s, v) => s with { Field = s.Field with { TimeFrequencies = v.Whole(1, 64) } }),
        Live("use_cnn", "-", "off", "scene flow by a U-Net on whole pictures", (s, v) => s with { UseCnn = v.Switch }),
        Live("n_down", "3", "3", "levels of that U-Net", (s, v) => s with { CnnLevels = v.Whole(1, 4) }),
    ];

    private static IEnumerable<PublishedFlag> Own() =>
    [
        Live("mlp_width", "256 (fork: 48)", "256", "channels of a hidden layer of the scene-flow network",
            (s, v) => s with { Field = s.Field with { Width = v.Whole(1, 4096) } }),
        Live("mlp_layers", "4 (fork: 6)", "4", "its hidden-to-hidden layers", (s, v) => s with { Field = s.Field with { Layers = v.Whole(0, 64) } }),
        Live("batching", "pair", "frame", "frame: a frame with all its targets shares one unroll; pair: one pair a step",
            (s, v) => s with { Batching = v.OneOf(("frame", PairBatching.Frame), ("pair", PairBatching.Pair)) }),
        Live("targets_per_pass", "-", "8", "targets of one backward pass; fewer need less memory", (s, v) => s with { TargetsPerPass = v.Whole(1, 1000) }),
        Live("pixel_share", "1", "1", "share of pixels a step looks at", (s, v) => s with { PixelShare = v.Number(0.001, 1) }),
        Live("precision", "fp32", "fp32", "bf16: the scene-flow network's layers in bfloat16; the depth network stays float32",
            (s, v) => s with { Field = s.Field with { ReducedPrecision = v.OneOf(("fp32", false), ("bf16", true)) } }),
        Live("fit_steps", "-", "unet 150, others 0", "steps that first fit an untrained network to the prior", (s, v) => s with { FitSteps = v.Whole(0) }),
        Live("moving_anchor", "0", "3", "weight of |log depth - log prior| of moving pixels, which nothing else holds",
            (s, v) => s with { MovingAnchor = v.Number(0) }),
        Live("rate_end", "1", "1", "share of the learning rates that a cosine over the joint steps ends at",
            (s, v) => s with { FinalRateShare = v.Number(0, 1) }),
        Live("lengths", "absolute", "relative", "relative: a tenth of the median prior depth is the unit of length; absolute: the prior's own",
            (s, v) => s with { AbsoluteLengths = v.OneOf(("relative", false), ("absolute", true)) }),
        Live("alignment", "none", "affine; unet none", "how the network's unit becomes the clip's: affine in disparity, scale or none",
            (s, v) => s with
            {
                Alignment = v.OneOf(("affine", NetworkAlignment.Affine), ("scale", NetworkAlignment.Scale), ("none", NetworkAlignment.None)),
            }),
        Live("last_pair", "off", "on", "off leaves out the last pair of every gap (ledger 11)", (s, v) => s with { SkipLastPair = !v.Switch }),
    ];

    private static PublishedFlag Live(string name, string published, string normal, string effect, Func<NetworkSettings, FlagValue, NetworkSettings> set) =>
        new(name, published, normal, effect) { Set = set };

    private static IEnumerable<PublishedFlag> Dead(string why, params string[] names) => names.Select(n => new PublishedFlag(n, "-", "-", why));

    private static string Nearest(string name) => All.MinBy(f => Distance(name, f.Name))!.Name;

    /// <summary>Insertions, deletions and replacements from one word to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
