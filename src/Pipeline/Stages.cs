using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>Names of the stages of all recipes, in the order of their graphs.</summary>
public static class Stages
{
    public static readonly StageName Frames = "frames";
    public static readonly StageName Flow = "flow";
    public static readonly StageName Masks = "masks";

    /// <summary>Only long clips have tasks here, and in <see cref="Align"/> and <see cref="Merge"/>: docs/decisions/0008.</summary>
    public static readonly StageName Lens = "lens";
    public static readonly StageName Cameras = "cameras";
    public static readonly StageName Prior = "prior";
    public static readonly StageName Sequence = "sequence";
    public static readonly StageName Train = "train";
    public static readonly StageName Align = "align";
    public static readonly StageName Merge = "merge";
    public static readonly StageName Depth = "depth";
    public static readonly StageName PointCloud = "pointcloud";
    public static readonly StageName Encode = "encode";

    /// <summary>Recipe <c>effect</c>, after the stages that bring in a run's files under the names they have there.</summary>
    public static readonly StageName EffectPrepare = "effect-prepare";
    public static readonly StageName EffectFrames = "effect-frames";
    public static readonly StageName EffectVideo = "effect-video";

    /// <summary>Recipe <c>export</c>, as above.</summary>
    public static readonly StageName ExportFrames = "export-frames";
    public static readonly StageName ExportClip = "export-clip";
}
