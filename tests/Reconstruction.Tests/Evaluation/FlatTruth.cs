using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Tests.Evaluation;

/// <summary>A truth made of given depth maps; nothing moves in the picture unless a flow is given.</summary>
internal sealed class FlatTruth(int width, int height, params float[][] depths) : IDepthTruth
{
    public byte[] Moving { get; init; } = new byte[width * height];

    public bool HasMotion { get; init; } = true;

    public int FrameCount => depths.Length;
    public int Width => width;
    public int Height => height;

    public Raster<float> Depth(int frameIndex) => Map(depths[frameIndex]);

    public Raster<byte> MovingMask(int frameIndex) => new(width, height, 1, Moving);

    public TrueMotion? MotionToNext(int frameIndex)
    {
        if (!HasMotion || frameIndex + 1 >= depths.Length) return null;
        var visible = new Raster<byte>(width, height);
        visible.Samples.AsSpan().Fill(1);
        return new TrueMotion(new Raster<float>(width, height, 2), visible, Map(depths[frameIndex + 1]));
    }

    public Raster<float> Map(float[] samples) => new(width, height, 1, (float[])samples.Clone());
}
