using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Numbers of the motion masks. They were fixed on truth scenes (arc, rotating and static camera), not on the clips that the masks are
/// judged by. Distances are training-size pixels per frame at a picture width of 256; they scale with the width.
/// </summary>
public sealed record MotionMaskSettings
{
    /// <summary>Distance from the homography above this is motion.</summary>
    public double ThresholdPixels { get; init; } = 0.08;

    /// <summary>The same for the root of Sampson times multi-view residual, which a free depth per pixel makes smaller.</summary>
    public double ParallaxThresholdPixels { get; init; } = 0.07;

    /// <summary><see cref="NoiseFactor"/> of that evidence: motion along the epipolar lines leaves little of it.</summary>
    public double ParallaxNoiseFactor { get; init; } = 3;

    /// <summary>The threshold is at least this multiple of the frame's median evidence: the noise of its flow and camera model.</summary>
    public double NoiseFactor { get; init; } = 4;

    /// <summary>
    /// Share of the strongest distance nearby that is still motion: flow smears what moves fast over its surroundings. Not used under
    /// parallax, where a body's evidence varies with its direction.
    /// </summary>
    public double EdgeShare { get; init; } = 0.4;

    /// <summary>"Nearby" as a share of the width.</summary>
    public double EdgeRadiusShare { get; init; } = 0.05;

    /// <summary>Regions smaller than this share of the frame are dropped, holes smaller than it filled.</summary>
    public double MinAreaShare { get; init; } = 0.001;

    /// <summary>Keep only the largest region of each frame.</summary>
    public bool LargestOnly { get; init; }

    /// <summary>Gaps whose views give evidence; those the clip has no flow for are left out.</summary>
    public IReadOnlyList<int> EvidenceGaps { get; init; } = [1, 2, 4, 8];

    /// <summary>These settings with the numbers that hold for the evidence used under a camera motion.</summary>
    public MotionMaskSettings For(CameraMotion motion) => motion != CameraMotion.Parallax ? this : this with
    {
        ThresholdPixels = ParallaxThresholdPixels,
        NoiseFactor = ParallaxNoiseFactor,
        EdgeShare = 0,
    };
}
