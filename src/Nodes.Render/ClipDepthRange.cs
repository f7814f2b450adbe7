using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render;

/// <summary>The depth range of a run, the same for every task of it.</summary>
internal static class ClipDepthRange
{
    /// <summary>Colours reach this much beyond the percentiles, so that what lies at the ends keeps its shape.</summary>
    private const double ColourMargin = 1.15;

    public static DepthRange Measure(RenderInputs inputs, CancellationToken cancellation) =>
        DepthRange.Measure(inputs.Frames.Count, frame => inputs.Refined(frame).Samples, cancellation);

    /// <summary>Inverse depth of the first and the last colour.</summary>
    public static (float Min, float Max) ColourDisparity(this DepthRange range) => ((float)(1 / (range.Far * ColourMargin)), (float)(ColourMargin / range.Near));
}
