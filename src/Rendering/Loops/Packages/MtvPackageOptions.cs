namespace Depth3D.Rendering.Loops.Packages;

/// <summary>What goes into a package beside the loop.</summary>
public sealed record MtvPackageOptions
{
    /// <summary>Where the loop comes from, for people: clip, program, measurements.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the tiles that move are also written as a film, colour above alpha.</summary>
    public bool WithVideo { get; init; }
}
