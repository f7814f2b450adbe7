namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Numbers of the network method. Defaults are those of the published runs where the defect ledger does not correct them (spec 11);
/// <see cref="PublishedFlags"/> says which published flag sets which.
/// </summary>
public sealed record NetworkSettings
{
    /// <summary>Median prior depth in units of length, unless lengths are absolute: published constants assume depths of 1 to 100 (spec 9.14).</summary>
    public const double MedianDepth = 10;

    private const double PublishedRate = 1e-6;
    private const double UnetRate = 1e-4;
    private const double PublishedFieldRate = 1e-3;

    public int Seed { get; init; } = 1;

    /// <summary>As <see cref="Networks.DepthNetworks.Open"/> takes it.</summary>
    public string Network { get; init; } = "unet";

    /// <summary>Epochs in all, warm-up included.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Pairs of one epoch at most.</summary>
    public int EpochBatches { get; init; } = 2000;

    /// <summary>First epochs, which train only the scene flow, with squared flow residuals.</summary>
    public int WarmupEpochs { get; init; } = 5;

    /// <summary>Steps that first fit an untrained network to the prior, or null for <c>unet</c> 150, else 0.</summary>
    public int? FitSteps { get; init; }

    public double FitLearningRate { get; init; } = 1e-3;

    /// <summary>Of the depth network; null for 1e-6 as published, 1e-4 for <c>unet</c>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Learning rate of the scene flow over that of depth; null for what makes it 1e-3, as published.</summary>
    public double? FieldRateFactor { get; init; }

    /// <summary>Share of the learning rates that a cosine over the joint steps ends at; 1 keeps them, as published.</summary>
    public double FinalRateShare { get; init; } = 1;

    public double Beta1 { get; init; } = 0.5;

    public double Beta2 { get; init; } = 0.9;

    public double FlowWeight { get; init; } = 1;

    public double DisparityWeight { get; init; } = 1;

    public double AccelerationWeight { get; init; } = 1;

    /// <summary>The second term is the disparity loss; otherwise the difference of scene flow and the flow's own world displacement.</summary>
    public bool UseDisparity { get; init; } = true;

    /// <summary>Without the disparity loss, log max(z) / min(z) - 1 instead of |dz|.</summary>
    public bool LogDisparityRatio { get; init; }

    /// <summary>Pixels at or beyond 100 units of length do not count.</summary>
    public bool FarMask { get; init; } = true;

    /// <summary>The acceleration prior acts when this is positive.</summary>
    public int InterpolationSteps { get; init; } = 5;

    /// <summary>The acceleration prior acts during warm-up too.</summary>
    public bool RegulariseWarmup { get; init; }

    /// <summary>A pair's losses count as often as its gap.</summary>
    public bool WeightByGap { get; init; }

    /// <summary>
    /// Static pixels of the mask do not move. Published runs left it off; then scene flow explains the errors of static depth, which get
    /// worse instead of better unless depth hardly learns.
    /// </summary>
    public bool UseMotionMask { get; init; } = true;

    /// <summary>
    /// Weight of |log depth - log prior| of moving pixels, averaged over the picture. Their depth is unobservable: without it, it drifts.
    /// Not part of the published method.
    /// </summary>
    public double MovingAnchor { get; init; } = 3;

    public IReadOnlyList<int> Gaps { get; init; } = [1, 2, 4, 6, 8];

    /// <summary>Times every pair occurs in an epoch.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>One step of the scene flow is two frames; gaps must be even.</summary>
    public bool Subsample { get; init; }

    /// <summary>Leave out the last pair of every gap, as published (ledger 11).</summary>
    public bool SkipLastPair { get; init; }

    public PairBatching Batching { get; init; } = PairBatching.Frame;

    /// <summary>Frames, or pairs, whose gradients make one step.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Targets that share one backward pass; fewer need less memory and give the same gradient.</summary>
    public int TargetsPerPass { get; init; } = 8;

    /// <summary>Share of pixels that a step looks at, redrawn every step (spec 9.7).</summary>
    public double PixelShare { get; init; } = 1;

    /// <summary>Moving pixels are drawn this much more often, and weigh as much less.</summary>
    public double MovingOversampling { get; init; } = 2;

    public SceneFlowShape Field { get; init; } = new();

    /// <summary>Scene flow by <see cref="SceneFlowGrid"/>.</summary>
    public bool UseCnn { get; init; }

    public int CnnLevels { get; init; } = 3;

    /// <summary>Lengths are the prior's own units, as published (ledger 16), instead of a tenth of the median prior depth.</summary>
    public bool AbsoluteLengths { get; init; }

    /// <summary>Null for <see cref="NetworkAlignment.Affine"/>, <see cref="NetworkAlignment.None"/> for <c>unet</c>.</summary>
    public NetworkAlignment? Alignment { get; init; }

    /// <summary>A step whose loss is not finite is noticed after at most this many steps.</summary>
    public int CheckEverySteps { get; init; } = 10;

    /// <summary>Threads of the tensor library, or 0 for one per core, at most 8.</summary>
    public int Threads { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    public int Fitting => FitSteps ?? (Network == "unet" ? 150 : 0);

    public double DepthRate => LearningRate ?? (IsUnet ? UnetRate : PublishedRate);

    public double FieldRate => FieldRateFactor is { } factor ? DepthRate * factor : PublishedFieldRate;

    public NetworkAlignment Aligning => Alignment ?? (IsUnet ? NetworkAlignment.None : NetworkAlignment.Affine);

    private bool IsUnet => Network.StartsWith("unet", StringComparison.Ordinal);

    /// <summary>Pairs of one epoch in a clip whose pairs are all there; 5N - 21 for the published gaps (spec 10, F1).</summary>
    public int PairsOf(int frames) => Gaps.Sum(g => Math.Max(0, frames - g - (SkipLastPair ? 1 : 0)));

    /// <summary>Steps of one epoch in a clip whose pairs are all there.</summary>
    public int StepsPerEpoch(int frames)
    {
        var pairs = Math.Max(1, PairsOf(frames));
        var taken = Math.Min(EpochBatches, pairs * Repeat);
        var perGroup = Batching == PairBatching.Pair ? 1.0 : pairs / Math.Max(1.0, frames - Gaps.Min() - (SkipLastPair ? 1 : 0));
        return Math.Max(1, (int)Math.Round(taken / perGroup / BatchSize));
    }

    /// <summary>Steps of fitting, warm-up and joint training.</summary>
    public int TotalSteps(int frames) => Fitting + (Epochs * StepsPerEpoch(frames));
}
