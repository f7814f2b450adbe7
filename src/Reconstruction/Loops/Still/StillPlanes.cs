using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>The still scene on its planes.</summary>
/// <param name="Geometry">Of the planes.</param>
/// <param name="Values">[planes, channel, row, column]: red, green, blue, alpha, loopability; 0..1.</param>
public sealed record StillPlanes(LoopGeometry Geometry, float[] Values)
{
    private int Texels => Geometry.Plane.Width * Geometry.Plane.Height;

    public float At(int plane, int channel, int x, int y) => Values[(((plane * StillOptimiser.Channels) + channel) * Texels) + (y * Geometry.Plane.Width) + x];

    /// <summary>[row, column, RGBA] of one plane.</summary>
    public float[] Rgba(int plane)
    {
        var result = new float[4 * Texels];
        for (var c = 0; c < 4; c++)
        {
            var channel = Values.AsSpan(((plane * StillOptimiser.Channels) + c) * Texels, Texels);
            for (var i = 0; i < Texels; i++) result[(4 * i) + c] = channel[i];
        }

        return result;
    }
}
