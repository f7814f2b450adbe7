namespace Depth3D.Pipeline;

/// <summary>How frames are taken from the source.</summary>
public sealed record FramesOptions
{
    /// <summary>Long side of the working size in pixels; never enlarged. Ignored when <see cref="ResizeFactor"/> is set.</summary>
    public int LongSidePixels { get; init; } = 640;

    /// <summary>Working size as a factor of the source size (spec 1.1), or null.</summary>
    public double? ResizeFactor { get; init; }

    /// <summary>First source frame taken.</summary>
    public int FirstFrame { get; init; }

    /// <summary>At most this many frames are taken.</summary>
    public int? MaxFrames { get; init; }

    /// <summary>Every n-th source frame is taken.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Frame rate of a folder of images, which has none of its own.</summary>
    public double FolderFramesPerSecond { get; init; } = 24;

    /// <summary>What to do about a hard cut: <c>refuse</c>, <c>first</c> to keep the frames before it, <c>ignore</c> to keep all.</summary>
    public string OnCut { get; init; } = "refuse";

    /// <summary>Frames of one task in the stages that fan out by frames.</summary>
    public int ChunkFrames { get; init; } = 24;

    /// <summary>
    /// Clips of more frames are cut into windows of at most this many, which are solved and trained on their own and joined (docs/decisions/0008);
    /// shorter ones are worked on as a whole.
    /// </summary>
    public int WindowFrames { get; init; } = 300;

    /// <summary>Frames that a window shares with the next one, at least.</summary>
    public int WindowOverlap { get; init; } = 32;
}
