using System.Globalization;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>How many planes a loop of one camera gets.</summary>
internal static class SingleLoopPlanes
{
    /// <summary>Spec 9.3; half of them where time is short, since a single camera's box is small.</summary>
    private const int Studio = 32, Preview = 16;

    public static int Of(LoopOptions options) => options.Planes ?? (options.Profile == "studio" ? Studio : Preview);

    public static IEnumerable<LoopChoice> Describe(LoopGeometry geometry)
    {
        yield return new LoopChoice("planes", geometry.Planes.ToString(CultureInfo.InvariantCulture),
            geometry.Planes == 1 ? "all lies at one depth" : "uniform in disparity");
        yield return new LoopChoice("near, far", string.Create(CultureInfo.InvariantCulture, $"{geometry.PlaneDepths[0]:f3}, {geometry.PlaneDepths[^1]:f3}"),
            "P1 / 1.05 and P99.5 * 1.05 of the reference picture's depth; the unit is P1");
    }
}
