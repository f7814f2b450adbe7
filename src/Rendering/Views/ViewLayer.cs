namespace Depth3D.Rendering.Views;

/// <summary>A picture of a part of the scene: what it does not cover is open for what lies behind.</summary>
internal sealed class ViewLayer(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>R, G, B of what covers the pixel, and the covered share of it (255: all); colour is not multiplied by it.</summary>
    public byte[] Rgba { get; } = new byte[4 * width * height];

    /// <summary>Depth z of the nearest part in the pixel, world units; 0 where nothing is.</summary>
    public float[] Depth { get; } = new float[width * height];

    /// <summary>Puts this layer over another one, which is changed.</summary>
    public void Over(ViewLayer behind, int firstRow, int endRow)
    {
        for (var i = firstRow * Width; i < endRow * Width; i++)
        {
            uint front = Rgba[(4 * i) + 3], back = behind.Rgba[(4 * i) + 3] * (255 - front);
            var total = (255 * front) + back;
            if (front == 0 || total == 0) continue;
            for (var c = 0; c < 3; c++)
                behind.Rgba[(4 * i) + c] = (byte)(((Rgba[(4 * i) + c] * 255 * front) + (behind.Rgba[(4 * i) + c] * back) + (total / 2)) / total);
            behind.Rgba[(4 * i) + 3] = (byte)((total + 127) / 255);
            behind.Depth[i] = Depth[i];
        }
    }
}
