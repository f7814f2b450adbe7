using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Effects;

/// <summary>
/// A clip with depth and cameras, as effects and exports see it: all maps of one size, the working size; depth z, cameras and world in one unit.
/// Maps are read when they are asked for; callers own what they get.
/// </summary>
public interface ISceneClip
{
    /// <summary>Name of the source, for people.</summary>
    string Name { get; }

    int FrameCount { get; }

    double FramesPerSecond { get; }

    /// <summary>At working size, one for the clip.</summary>
    Intrinsics Intrinsics { get; }

    /// <summary>Percentiles of depth over the clip.</summary>
    DepthRange DepthRange { get; }

    RigidTransform CamFromWorld(int frameIndex);

    /// <summary>Three channels.</summary>
    Raster<byte> Rgb(int frameIndex);

    /// <summary>Depth z, finite and positive everywhere.</summary>
    /// <exception cref="Depth3DException">The map is damaged.</exception>
    Raster<float> Depth(int frameIndex);

    /// <summary>255 where something moves by itself.</summary>
    Raster<byte> Moving(int frameIndex);
}
