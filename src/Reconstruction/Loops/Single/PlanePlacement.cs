using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>Puts the planes of a loop where one camera's depth lies (spec 9.3).</summary>
public static class PlanePlacement
{
    /// <summary>The texel grid over the reference picture, per axis.</summary>
    public const double Border = 1.25;

    private const double NearShare = 0.01, FarShare = 0.995, Margin = 1.05;

    /// <summary>Depths nearer together than this, far over near, are one plane.</summary>
    private const double FlatRatio = 1.02;

    /// <summary>The 1st percentile of depth: the loop's unit of length (spec 9.2).</summary>
    /// <exception cref="ArgumentException">No pixel has a depth.</exception>
    public static double NearestDepth(Raster<float> depth) => Quantile(depth, NearShare);

    /// <summary>
    /// Planes from P1 / 1.05 to P99.5 * 1.05 of the depths, uniform in disparity, near to far; a single one where all lies at one depth. The reference
    /// camera's pose is the identity.
    /// </summary>
    /// <param name="depth">[H, W] of the reference picture; values that are not above 0 are holes.</param>
    /// <param name="reference">Camera of that picture.</param>
    public static LoopGeometry Geometry(Raster<float> depth, Intrinsics reference, int planes, int tileSize)
    {
        double near = Quantile(depth, NearShare), far = Quantile(depth, FarShare);
        IReadOnlyList<double> depths = far / near < FlatRatio || planes == 1
            ? [(near + far) / 2]
            : PlaneLadder.UniformInDisparity(near / Margin, far * Margin, planes);
        return PlaneLadder.Grid(reference, depths, Border, tileSize);
    }

    private static double Quantile(Raster<float> depth, double share)
    {
        var value = OrderStatistics.LowerQuantile(depth.Samples.Where(z => z > 0 && float.IsFinite(z)).Select(z => (double)z), share);
        return double.IsNaN(value) ? throw new ArgumentException("no pixel has a depth", nameof(depth)) : value;
    }
}
