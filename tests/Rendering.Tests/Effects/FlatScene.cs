using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Rendering.Tests.Effects;

/// <summary>A white rectangle before a dark wall, both square to the camera, which may move along its view: all sizes follow from one division.</summary>
internal sealed class FlatScene(int frameCount, double cameraStep = 0) : ISceneClip
{
    public const int Width = 320, Height = 180;
    public const double Focal = 300, WallDepth = 12, CardDepth = 4, CardWidth = 2.4, CardHeight = 1;

    public string Name => "flat";

    public int FrameCount => frameCount;

    public double FramesPerSecond => 24;

    public Intrinsics Intrinsics { get; } = Intrinsics.Centered(Focal, Focal, Width, Height);

    public DepthRange DepthRange => new(CardDepth, CardDepth * 2, WallDepth);

    public Raster<byte>? Mask { get; init; }

    public RigidTransform CamFromWorld(int frameIndex) => new(Mat3.Identity, new(0, 0, -cameraStep * frameIndex));

    public Raster<byte> Rgb(int frameIndex)
    {
        var rgb = new Raster<byte>(Width, Height, 3);
        for (var i = 0; i < rgb.PixelCount; i++) rgb.Samples.AsSpan(3 * i, 3).Fill(IsCard(i, frameIndex) ? (byte)255 : (byte)0);
        return rgb;
    }

    public Raster<float> Depth(int frameIndex)
    {
        var depth = new Raster<float>(Width, Height);
        for (var i = 0; i < depth.PixelCount; i++) depth.Samples[i] = (float)((IsCard(i, frameIndex) ? CardDepth : WallDepth) - (cameraStep * frameIndex));
        return depth;
    }

    public Raster<byte> Moving(int frameIndex) => Mask?.Clone() ?? new Raster<byte>(Width, Height);

    private bool IsCard(int pixel, int frame)
    {
        var p = Intrinsics.Unproject(pixel % Width, pixel / Width, CardDepth - (cameraStep * frame));
        return Math.Abs(p.X) <= CardWidth / 2 && Math.Abs(p.Y) <= CardHeight / 2;
    }
}
