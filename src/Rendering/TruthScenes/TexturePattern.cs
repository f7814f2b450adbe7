namespace Depth3D.Rendering.TruthScenes;

/// <summary>What a texture draws beneath its noise.</summary>
internal enum TexturePattern
{
    /// <summary>Noise only, like plaster.</summary>
    Plain,

    /// <summary>Bricks in bond, each of its own shade, with mortar.</summary>
    Bricks,

    /// <summary>Square slabs, each of its own shade, with joints.</summary>
    Slabs,

    /// <summary>Boards side by side with joints and grain.</summary>
    Planks,

    /// <summary>Random blocks of colour at three scales, like a torn poster.</summary>
    Blocks,
}
