namespace Depth3D.Pipeline;

/// <summary>What the render stages make.</summary>
public sealed record OutputOptions
{
    /// <summary>Camera path of the point-cloud video: <c>swing</c>, <c>orbit</c>, <c>dolly</c> or <c>source</c>.</summary>
    public string CameraPath { get; init; } = "swing";

    /// <summary>Amplitude of the path: degrees for swing and orbit, percent of the median depth for dolly; in recipe <c>loop</c> percent of the view box.</summary>
    public double PathAmplitude { get; init; } = 6;

    /// <summary>Colour map of depth videos: <c>turbo</c>, <c>inferno</c> or <c>grey</c>.</summary>
    public string ColourMap { get; init; } = "turbo";

    /// <summary>Write a PLY per frame.</summary>
    public bool Ply { get; init; } = true;
}
