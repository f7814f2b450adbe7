namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>
/// A loop as tiles on planes (multi-tile video, MTV): straight, activated colour and alpha in 0..1, gamma-encoded as the source. What a picture shows is
/// premultiplied per texel, then filtered bilinearly, then composited from near to far; empty tiles and what lies outside are zero.
/// </summary>
public sealed record MultiTileVideo
{
    public required LoopGeometry Geometry { get; init; }

    public required TileTable Tiles { get; init; }

    /// <summary>Frames of the loop, T; frame T is frame 0. 1 where nothing moves.</summary>
    public required int Frames { get; init; }

    public required double FramesPerSecond { get; init; }

    /// <summary>[static slot, row, column, RGBA], tiles without apron.</summary>
    public required float[] StaticTexels { get; init; }

    /// <summary>[dynamic slot, frame, row, column, RGBA].</summary>
    public required float[] DynamicTexels { get; init; }

    /// <summary>How far a camera may leave the reference camera and still see a filled picture.</summary>
    public required ViewBox View { get; init; }
}
