namespace Depth3D.Pipeline.Loops;

/// <summary>One clip of a loop's source, as taken.</summary>
public sealed record LoopViewInfo
{
    public required int Index { get; init; }

    /// <summary>File name of the clip.</summary>
    public required string Name { get; init; }

    public required int Frames { get; init; }

    /// <summary>Working size.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int SourceWidth { get; init; }

    public required int SourceHeight { get; init; }

    public required double FramesPerSecond { get; init; }

    /// <summary>Largest shift in working pixels that was taken out; 0 where the camera stood.</summary>
    public double SteadiedPixels { get; init; }

    /// <summary>Shares of the picture by spec 1.5; they add up to 1.</summary>
    public required double LoopableShare { get; init; }

    public required double UnloopableShare { get; init; }

    public required double UnchangingShare { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
