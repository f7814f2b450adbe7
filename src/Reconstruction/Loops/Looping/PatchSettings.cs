namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// Space-time patches of the looping loss (spec 5.3): windows of <see cref="Size"/> pixels square on a grid of <see cref="Stride"/>, over
/// <see cref="Frames"/> successive frames, at every frame.
/// </summary>
public sealed record PatchSettings
{
    /// <summary>Below this the score's denominator could vanish for a key that some query matches exactly (spec 5.5).</summary>
    public const double SmallestAlpha = 1e-6;

    /// <summary>Large patches that must all be shown, for the views that lead.</summary>
    public static PatchSettings Reference { get; } = new() { Size = 11, Stride = 4, Alpha = 0, Gain = 3.5 };

    /// <summary>Small patches, nearest key, for the other views.</summary>
    public static PatchSettings Other { get; } = new() { Size = 3, Stride = 2 };

    /// <summary>The reference view of a single camera (spec 9.8).</summary>
    public static PatchSettings SingleCamera { get; } = new() { Size = 11, Stride = 4, Alpha = 1e-3 };

    public required int Size { get; init; }

    public required int Stride { get; init; }

    public int Frames { get; init; } = 3;

    /// <summary>How little a key needs to be unlike all queries to be preferred: small asks for all keys, infinite for the nearest one only.</summary>
    public double Alpha { get; init; } = double.PositiveInfinity;

    /// <summary>Weight of the view.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>
    /// Overlaps are averaged round the loop, over its T frames; otherwise over the clip with its first frames repeated at its end, as published.
    /// </summary>
    public bool Circular { get; init; } = true;

    /// <summary>Windows along a side of this many pixels.</summary>
    public int Places(int pixels) => pixels < Size ? 0 : ((pixels - Size) / Stride) + 1;

    /// <summary>Pixels of a side that windows cover; those after it take no part.</summary>
    public int Covered(int pixels) => Places(pixels) == 0 ? 0 : ((Places(pixels) - 1) * Stride) + Size;
}
