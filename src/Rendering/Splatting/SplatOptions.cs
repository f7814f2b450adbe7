namespace Depth3D.Rendering.Splatting;

/// <summary>How points become pixels.</summary>
public sealed record SplatOptions
{
    /// <summary>Side of a point's square in widths of its source pixel: above 1 it closes the gaps that a turned view opens.</summary>
    public float SizeFactor { get; init; } = 1.5f;

    /// <summary>Largest side in pixels of the picture.</summary>
    public float MaxSizePixels { get; init; } = 6;

    /// <summary>Samples per pixel and axis, 1 to 4.</summary>
    public int Supersampling { get; init; } = 1;

    /// <summary>0x00RRGGBB where no point falls.</summary>
    public uint Background { get; init; } = 0x00181A1E;

    /// <summary>Points nearer than this are not drawn, world units.</summary>
    public float Near { get; init; } = 1e-3f;

    /// <summary>Points farther than this are not drawn, world units.</summary>
    public float Far { get; init; } = float.MaxValue;

    /// <summary>Threads; 0 for one per core. The picture is the same for any number.</summary>
    public int Threads { get; init; }

    /// <summary>Eight points at a time, where the machine can. The picture is the same without.</summary>
    public bool Vectorised { get; init; } = true;
}
