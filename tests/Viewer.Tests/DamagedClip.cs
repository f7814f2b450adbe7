using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Viewer.Tests;

/// <summary>A clip with one frame whose depth cannot be read.</summary>
internal sealed class DamagedClip(ISceneClip clip, int frame) : ISceneClip
{
    public string Name => clip.Name;

    public int FrameCount => clip.FrameCount;

    public double FramesPerSecond => clip.FramesPerSecond;

    public Intrinsics Intrinsics => clip.Intrinsics;

    public DepthRange DepthRange => clip.DepthRange;

    public RigidTransform CamFromWorld(int frameIndex) => clip.CamFromWorld(frameIndex);

    public Raster<byte> Rgb(int frameIndex) => clip.Rgb(frameIndex);

    public Raster<float> Depth(int frameIndex) => frameIndex != frame
        ? clip.Depth(frameIndex)
        : throw new Depth3DException("is damaged: a depth of NaN", $"refined_{frame:00000}.npy", "run it again");

    public Raster<byte> Moving(int frameIndex) => clip.Moving(frameIndex);
}
