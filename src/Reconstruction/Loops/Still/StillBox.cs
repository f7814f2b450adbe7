using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>Where viewers of a scene of several views may stand (video-loop spec 6.1).</summary>
public static class StillBox
{
    /// <summary>Of the way to the outermost view.</summary>
    private const double Share = 0.8;

    /// <summary>Half-extent per axis.</summary>
    public static Vec3 ExtentOf(IReadOnlyList<LoopView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        double Largest(Func<Vec3, double> axis) => Share * views.Max(v => Math.Abs(axis(v.CamFromReference.Center)));
        return new Vec3(Largest(c => c.X), Largest(c => c.Y), Largest(c => c.Z));
    }

    /// <summary>The box of the views; what is looked at lies at the middle disparity of the reference picture.</summary>
    public static ViewBox Of(IReadOnlyList<LoopView> views, StillPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var disparity = OrderStatistics.UpperMedian(picture.Disparity.Samples.Where(d => d > 0).DefaultIfEmpty(1).Select(d => (double)d));
        return new ViewBox(ExtentOf(views), new Vec3(0, 0, 1 / disparity), new Vec3(0, -1, 0));
    }
}
