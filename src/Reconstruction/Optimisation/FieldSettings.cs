namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Numbers of the field method. Lengths are in units of the clip's median prior depth. Defaults were measured on truth scenes; see
/// docs/decisions/0003-trainable-depth.md.
/// </summary>
public sealed record FieldSettings
{
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Steps that train only the scene-flow field of moving pixels, on depth fixed where they were placed and with squared flow residuals
    /// (spec 4.2); as many of <see cref="JointSteps"/>, at most half of them, come before and train static pixels alone.
    /// </summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Steps besides; those after the warm-up train moving depth too.</summary>
    public int JointSteps { get; init; } = 300;

    /// <summary>Cell sizes, in training pixels, of the correction grids of static pixels, coarse to fine.</summary>
    public IReadOnlyList<int> StaticStrides { get; init; } = [16, 4];

    /// <summary>Cell sizes of the grids of moving pixels; coarser, because a moving object's error is mostly one factor.</summary>
    public IReadOnlyList<int> MovingStrides { get; init; } = [32, 8];

    /// <summary>Most frames that one step looks at; longer clips are covered by windows drawn at random.</summary>
    public int WindowFrames { get; init; } = 48;

    /// <summary>Residuals of static pixels in one step, over all frames of the window.</summary>
    public int StaticSamples { get; init; } = 48_000;

    /// <summary>Moving points of one frame in one step; each is followed to every gap.</summary>
    public int MovingPointsPerFrame { get; init; } = 64;

    public double DepthLearningRate { get; init; } = 1e-2;

    public double FlowFieldLearningRate { get; init; } = 5e-3;

    /// <summary>Share of the learning rate that the cosine schedule ends at.</summary>
    public double FinalRateShare { get; init; } = 0.05;

    /// <summary>Weight of the log-depth disagreement of static pixels against one pixel of flow.</summary>
    public double StaticDepthWeight { get; init; } = 10;

    /// <summary>Weight of the squared log correction of static pixels: 3 holds a geometric prior, which is already at the limit of the flow.</summary>
    public double StaticAnchor { get; init; } = 0.1;

    /// <summary>
    /// Weight of the roughness of static corrections. Without it, flow that is wrong at edges and parts of moving objects that masks miss are
    /// triangulated one by one; docs/decisions/0003 has the measurements.
    /// </summary>
    public double StaticSmoothness { get; init; } = 2;

    public double MovingDepthWeight { get; init; } = 10;

    /// <summary>Weight of the absolute log correction of moving pixels. Their depth is unobservable: without it, it drifts.</summary>
    public double MovingAnchor { get; init; } = 3;

    /// <summary>Puts moving objects where ground contact and their size over time say, before they are trained; else they stay at the prior.</summary>
    public bool PlaceMoving { get; init; } = true;

    /// <summary>Weight of the acceleration prior (spec 4.2), on displacement in median depths.</summary>
    public double AccelerationWeight { get; init; } = 100;

    /// <summary>
    /// Share of the flow residual of moving pixels that reaches their depth. The rest of that residual is the scene-flow field's
    /// own error, which would push depth about.
    /// </summary>
    public double MovingFlowToDepth { get; init; } = 0.1;

    /// <summary>Corrects the cameras together with the depth, on static pixels.</summary>
    public bool RefineCameras { get; init; }

    /// <summary>With them the focal length; off where it is known.</summary>
    public bool RefineFocal { get; init; } = true;

    /// <summary>Of camera corrections, in training-size pixels.</summary>
    public double CameraLearningRate { get; init; } = 0.02;

    /// <summary>Weight of the mean squared camera correction, in training-size pixels.</summary>
    public double CameraAnchor { get; init; } = 1e-3;

    /// <summary>Width and hidden-to-hidden layers of the scene-flow network.</summary>
    public int FieldWidth { get; init; } = 64;

    public int FieldLayers { get; init; } = 4;

    public double FieldDivisor { get; init; } = 100;

    /// <summary>A step whose loss is not finite is noticed after at most this many steps.</summary>
    public int CheckEverySteps { get; init; } = 10;

    /// <summary>Threads of the tensor library, or 0 for one per core, at most 8.</summary>
    public int Threads { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    public int TotalSteps => WarmupSteps + JointSteps;
}
