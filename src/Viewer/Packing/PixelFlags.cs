namespace Depth3D.Viewer.Packing;

/// <summary>What the fourth byte of a packed pixel says.</summary>
[Flags]
internal enum PixelFlags : byte
{
    None = 0,

    /// <summary>Something that moves by itself.</summary>
    Moving = 1,

    /// <summary>Bleeds between two surfaces: shown in the depth picture, not as a point.</summary>
    Edge = 2,
}
