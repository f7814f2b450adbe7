namespace Depth3D.Rendering.Effects.Focus;

/// <summary>What a point out of focus looks like.</summary>
public enum BokehShape
{
    /// <summary>A round aperture.</summary>
    Disc,

    /// <summary>Six blades; as large as the disc.</summary>
    Hexagon,

    /// <summary>A brighter rim, as of an over-corrected or a mirror lens.</summary>
    Ring,
}
