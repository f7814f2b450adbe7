using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects;

/// <summary>Renders frames of one clip; used by one thread at a time.</summary>
public interface IEffectRenderer : IDisposable
{
    /// <summary>Size of every picture, even in both directions.</summary>
    (int Width, int Height) Size { get; }

    /// <returns>RGB, or RGBA (not premultiplied) where the effect leaves a transparent background.</returns>
    Raster<byte> Render(int frameIndex);
}
