namespace Depth3D.Reconstruction.Evaluation;

/// <summary>How a prediction is brought into the truth's unit before it is measured. Numbers under different protocols are not comparable.</summary>
public enum AlignmentProtocol
{
    /// <summary><c>scale</c>: one factor for the clip, the median of truth / prediction.</summary>
    Scale,

    /// <summary><c>scale-shift</c>: one affine map of inverse depth for the clip, by least squares.</summary>
    ScaleShift,

    /// <summary><c>per-frame</c>: one factor for each frame, which hides flicker.</summary>
    PerFrame,
}
