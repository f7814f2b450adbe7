using Depth3D.Messages;

namespace Depth3D.Pipeline.Loops;

/// <summary>Names of the stages of recipe <c>loop</c>, after those that bring in a finished run's files.</summary>
public static class LoopStages
{
    /// <summary>The source's clips, one task each, steadied, with what of them can loop. No task for a finished run.</summary>
    public static readonly StageName Views = "loop-views";

    /// <summary>The same files from a finished run: its frames as the reference camera would have seen them. No task for other sources.</summary>
    public static readonly StageName Steady = "loop-steady";

    /// <summary>Cameras, planes and the choices that follow from the clips.</summary>
    public static readonly StageName Cameras = "loop-cameras";

    /// <summary>Stage 1: the still scene, and which tiles it needs.</summary>
    public static readonly StageName Scene = "loop-scene";

    /// <summary>Stage 2: the looping loss, coarse to fine.</summary>
    public static readonly StageName Train = "loop-train";

    /// <summary>The package that viewers open, and what the loop is worth.</summary>
    public static readonly StageName Package = "loop-package";

    /// <summary>Frames of the film, by frames.</summary>
    public static readonly StageName Frames = "loop-frames";

    /// <summary>The films.</summary>
    public static readonly StageName Video = "loop-video";
}
