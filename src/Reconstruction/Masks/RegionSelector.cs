using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// The rule that turns a map of probabilities into a mask: threshold, then minimum area, rectangle and largest, in that order, on 8-connected
/// regions. Nothing else decides; every number is an option.
/// </summary>
public sealed record RegionSelector
{
    /// <summary>Pixels at or above it belong to an object.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Regions smaller than this share of the frame are dropped.</summary>
    public double MinAreaShare { get; init; }

    /// <summary>Keep only regions that touch this rectangle: x, y, width, height as shares of the frame; null for all.</summary>
    public IReadOnlyList<double>? Region { get; init; }

    public bool LargestOnly { get; init; }

    private FrameRectangle? Rectangle => Region is null ? null : FrameRectangle.Of(Region);

    /// <exception cref="Depth3DException">An option is out of its range.</exception>
    public void Check()
    {
        if (!(Threshold is > 0 and < 1)) throw Bad($"threshold {Threshold}; expected between 0 and 1");
        if (!(MinAreaShare is >= 0 and < 1)) throw Bad($"minimum area {MinAreaShare}; expected a share of the frame, 0 to 1");
        _ = Rectangle;
    }

    /// <returns>255 where an object of the rule lies.</returns>
    public Raster<byte> Select(Raster<float> probability)
    {
        Check();
        var rectangle = Rectangle;
        var mask = new Raster<byte>(probability.Width, probability.Height);
        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = probability.Samples[i] >= Threshold ? (byte)255 : (byte)0;
        var minArea = MinAreaShare * mask.PixelCount;
        MaskRegions.Keep(mask, (region, labels) => region.Area >= minArea && (rectangle is not { } r || r.Touches(region, labels)), LargestOnly);
        return mask;
    }

    private static Depth3DException Bad(string what) => new($"mask {what}", remedy: "correct the mask options", kind: FailureKind.Usage);
}
