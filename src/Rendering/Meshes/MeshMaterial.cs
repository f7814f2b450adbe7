using System.Numerics;

namespace Depth3D.Rendering.Meshes;

/// <summary>What a surface looks like: its colour, in light, times its texture.</summary>
/// <param name="Colour">Red, green, blue, alpha.</param>
public sealed record MeshMaterial(Vector4 Colour, MeshTexture? Texture = null)
{
    /// <summary>Grey that is neither lamp nor hole.</summary>
    public static readonly MeshMaterial Plain = new(new Vector4(0.6f, 0.6f, 0.6f, 1));
}
