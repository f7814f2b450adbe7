using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>Several cameras in the frame of the camera in their middle, in units of the nearest point's distance, with planes through all they see (video-loop spec 1.3, 2.1, 2.2).</summary>
/// <param name="UnitsOfSource">Units of the source's cameras in one unit of the loop.</param>
/// <param name="Near">Depth of the nearest plane.</param>
/// <param name="Border">Size of the texel grid over that of the picture, before it is brought to whole tiles.</param>
public sealed record ViewPlacement(LoopGeometry Geometry, IReadOnlyList<LoopView> Views, double UnitsOfSource, double Near, double Far, double Border)
{
    /// <summary>Share of the points that may lie before the nearest and behind the farthest plane's mark (spec 1.3), and how many of few: wrong matches.</summary>
    private const double OutlierShare = 0.001;

    private const int OutlierCount = 3;

    /// <summary>Planes begin before the nearest mark and end behind the farthest.</summary>
    private const double NearFactor = 0.95, FarFactor = 1.15;

    private const double MostFarOverNear = 100, MostBorder = 1.6;

    /// <param name="cameras">Number of the clip, and its camera.</param>
    /// <param name="points">Of the scene, in the world of the cameras; at least ten.</param>
    public static ViewPlacement Of(IReadOnlyList<(int Index, RigidTransform CamFromWorld)> cameras, Intrinsics intrinsics, IReadOnlyList<Vec3> points, int planes, int tileSize)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        var reference = MeanCamera.Of([.. cameras.Select(c => c.CamFromWorld)]);
        var depths = points.Select(p => reference.Apply(p).Z).Where(z => z > 0).Order().ToArray();
        var skip = Math.Min(Math.Max(OutlierCount, (int)(OutlierShare * depths.Length)), (depths.Length - 1) / 4);
        double unit = depths[skip], near = NearFactor, far = Math.Min(FarFactor * depths[^(skip + 1)] / unit, MostFarOverNear);
        var worldFromReference = reference.Inverse();
        LoopView[] views = [.. cameras.Select(c => new LoopView(c.Index, intrinsics, Scaled(c.CamFromWorld * worldFromReference, 1 / unit)))];
        near = Math.Max(near, 1.05 * views.Max(v => v.CamFromReference.Center.Z));
        far = Math.Max(far, 1.1 * near);
        var border = BorderOf(views, intrinsics, near, far);
        var geometry = PlaneLadder.Grid(intrinsics, PlaneLadder.UniformInDisparity(near, far, planes), border, tileSize);
        return new ViewPlacement(geometry, views, unit, near, far, border);
    }

    private static RigidTransform Scaled(RigidTransform transform, double scale) => transform with { Translation = transform.Translation * scale };

    /// <summary>What the views see beyond the reference picture's border on the nearest and the farthest plane.</summary>
    private static double BorderOf(IEnumerable<LoopView> views, Intrinsics k, double near, double far)
    {
        double border = 1;
        foreach (var view in views)
            foreach (var depth in (double[])[near, far])
            {
                if (PlaneHomography.TexelFromPixel(k, depth, view.Intrinsics, view.CamFromReference) is not { } homography) continue;
                foreach (var (x, y) in ((double, double)[])[(0, 0), (k.Width - 1, 0), (0, k.Height - 1), (k.Width - 1, k.Height - 1)])
                {
                    if (PlaneHomography.Apply(homography, x, y) is not { } texel) continue;
                    border = Math.Max(border, (Math.Abs(texel.U - ((k.Width - 1) / 2.0)) + 1) * 2 / k.Width);
                    border = Math.Max(border, (Math.Abs(texel.V - ((k.Height - 1) / 2.0)) + 1) * 2 / k.Height);
                }
            }

        return Math.Min(border, MostBorder);
    }
}
