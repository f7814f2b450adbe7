using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>What a clip's depth is measured against. Every picture has the same size.</summary>
public interface IDepthTruth
{
    int FrameCount { get; }

    int Width { get; }

    int Height { get; }

    /// <summary>True z per pixel; values that are not positive and finite are left out of every measure.</summary>
    Raster<float> Depth(int frameIndex);

    /// <summary>Not zero = moving.</summary>
    Raster<byte> MovingMask(int frameIndex);

    /// <summary>True motion from a frame to the next one, or null where it is not known: then there is no flicker.</summary>
    TrueMotion? MotionToNext(int frameIndex);
}
