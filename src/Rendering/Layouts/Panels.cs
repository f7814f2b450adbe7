using Depth3D.Imaging;

namespace Depth3D.Rendering.Layouts;

/// <summary>Pictures of one size side by side under their titles.</summary>
public sealed class Panels
{
    private const int Gap = 4;
    private const byte Ground = 16;
    private const byte Ink = 235;

    private readonly int _width, _height, _scale;
    private readonly Raster<byte> _canvas;

    public Panels(int width, int height, IReadOnlyList<string> titles)
    {
        (_width, _height) = (width, height);
        _scale = Math.Clamp(width / 220, 1, 4);
        _canvas = new Raster<byte>((width * titles.Count) + (Gap * (titles.Count - 1)), height + Strip, 3);
        _canvas.Samples.AsSpan().Fill(Ground);
        for (var i = 0; i < titles.Count; i++)
            PixelFont.Draw(_canvas, titles[i], Left(i) + (2 * _scale), 2 * _scale, _scale, Ink);
    }

    public int Width => _canvas.Width;

    public int Height => _canvas.Height;

    // Even, as video needs.
    private int Strip => (PixelFont.GlyphHeight + 5) * _scale;

    /// <summary>The canvas, which the next call overwrites.</summary>
    public Raster<byte> Compose(params ReadOnlySpan<Raster<byte>> pictures)
    {
        for (var i = 0; i < pictures.Length; i++)
            for (var y = 0; y < _height; y++)
                pictures[i].Row(y).CopyTo(_canvas.Row(y + Strip).Slice(Left(i) * 3, _width * 3));
        return _canvas;
    }

    private int Left(int panel) => panel * (_width + Gap);
}
