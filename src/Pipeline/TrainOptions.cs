namespace Depth3D.Pipeline;

/// <summary>The joint optimisation of depth and scene flow. Defaults are for two CPU cores; docs/decisions/0003 says how they were found.</summary>
public sealed record TrainOptions
{
    /// <summary>
    /// <c>field</c>: per-frame log-disparity corrections. <c>network</c>: a depth network is fine-tuned on the clip, as published.
    /// <c>hybrid</c>: network, then field on its result.
    /// </summary>
    public string Method { get; init; } = "field";

    /// <summary>Depth network of methods network and hybrid; null is the compact one that needs no weights.</summary>
    public string? Network { get; init; }

    /// <summary>Published run whose settings the network method takes: <c>g-davis</c> or <c>f-custom</c>; null for corrected defaults.</summary>
    public string? Parity { get; init; }

    /// <summary>Flags of the network method as NAME=VALUE, after the parity profile; <c>depth3d flags</c> lists them.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Long side of the training size in pixels; the other side keeps the aspect, both are multiples of 16.</summary>
    public int LongSidePixels { get; init; } = 256;

    /// <summary>Steps that train only the scene flow of moving pixels, with squared flow residuals; before them, the first of <see cref="Steps"/> train static pixels alone.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Steps that train depth; those after the warm-up train static and moving depth and scene flow together.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Steps of one checkpointed chunk.</summary>
    public int ChunkSteps { get; init; } = 100;

    /// <summary>
    /// Ends the chain when held-out pairs have not improved for this many chunks; 0 never does. Null is the method's default: see
    /// docs/decisions/0005-early-stop.md.
    /// </summary>
    public int? EarlyStopChunks { get; init; }

    /// <summary>Corrects cameras and focal length together with the depth.</summary>
    public bool RefineCameras { get; init; }

    /// <summary>
    /// Threads of the tensor library, on whatever machine: sums are split among them, so another number ends in other bytes, and a chain that goes on on
    /// another node would not be the same. More than a machine's cores is slow and right.
    /// </summary>
    public int Threads { get; init; } = 2;

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";
}
