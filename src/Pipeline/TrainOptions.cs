namespace Depth3D.Pipeline;

/// <summary>The joint optimisation of depth and scene flow. Defaults are for two CPU cores; docs/decisions/0003 says how they were found.</summary>
public sealed record TrainOptions
{
    /// <summary><c>field</c>: per-frame log-disparity corrections. <c>network</c> is not built yet and refused.</summary>
    public string Method { get; init; } = "field";

    /// <summary>Long side of the training size in pixels; the other side keeps the aspect, both are multiples of 16.</summary>
    public int LongSidePixels { get; init; } = 256;

    /// <summary>Steps that train only the scene-flow field, with squared flow residuals.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Steps that train depth and scene flow together.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Steps of one checkpointed chunk.</summary>
    public int ChunkSteps { get; init; } = 100;

    /// <summary>
    /// Ends the chain when held-out pairs have not improved for this many chunks; 0 never does. Null is the method's default: see
    /// docs/decisions/0005-early-stop.md.
    /// </summary>
    public int? EarlyStopChunks { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";
}
