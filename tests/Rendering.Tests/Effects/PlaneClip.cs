using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Rendering.Tests.Effects;

/// <summary>A clip made of functions of the pixel, with a camera that does not move.</summary>
internal sealed class PlaneClip(int width, int height, Func<int, int, float> depth, Func<int, int, byte> grey, int frames = 1) : ISceneClip
{
    public string Name => "planes";

    public int FrameCount => frames;

    public double FramesPerSecond => 24;

    public Intrinsics Intrinsics { get; } = Intrinsics.Centered(width, width, width, height);

    public DepthRange DepthRange => DepthRange.Measure(1, i => Depth(i).Samples, CancellationToken.None);

    /// <summary>255 where something moves, by frame and pixel.</summary>
    public Func<int, int, int, bool> Moves { get; init; } = (_, _, _) => false;

    public RigidTransform CamFromWorld(int frameIndex) => RigidTransform.Identity;

    public Raster<byte> Rgb(int frameIndex) => Colour.GrayToRgb(Make(grey));

    public Raster<float> Depth(int frameIndex) => Make(depth);

    public Raster<byte> Moving(int frameIndex) => Make((x, y) => (byte)(Moves(frameIndex, x, y) ? 255 : 0));

    private Raster<T> Make<T>(Func<int, int, T> value) where T : unmanaged
    {
        var raster = new Raster<T>(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) raster[x, y] = value(x, y);
        return raster;
    }
}
