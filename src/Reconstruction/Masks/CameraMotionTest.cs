using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Decides from flow alone whether one homography per pair explains the background: then the camera turns or stands still, or everything
/// is too far to matter, and whatever leaves the homography moves by itself. Else the parallax must be modelled.
/// </summary>
internal static class CameraMotionTest
{
    /// <summary>Share of the picture that must follow the homography, in the median over the pairs. A moving object may take the rest.</summary>
    public const double HomographyShare = 0.7;

    /// <summary>A flow this close to the homography, in training-size pixels per frame of gap, follows it.</summary>
    public const double FollowsPixelsPerFrame = 0.1;

    /// <summary>Median flow in training-size pixels per frame of gap below which the camera stands still.</summary>
    public const double StaticPixelsPerFrame = 0.02;

    /// <summary>Looks at the longest view of each sample frame.</summary>
    public static (CameraMotion Motion, double Share) Decide(IReadOnlyList<MotionView> longViews)
    {
        var shares = new List<double>();
        var speeds = new List<double>();
        foreach (var view in longViews)
        {
            var grid = new ViewPoints(view.Flow.Width, view.Flow.Height);
            var points = grid.Grid(view, 3);
            if (TwoViewModels.Homography(points, grid.Scale) is not { } h) continue;
            var limit = FollowsPixelsPerFrame * Math.Abs(view.Gap) / grid.Scale;
            shares.Add(points.Count(p => h.Residual(p) <= limit) / (double)points.Count);
            var lengths = points.Select(p => Math.Sqrt(Square(p.OtherX - p.X) + Square(p.OtherY - p.Y))).Order().ToArray();
            speeds.Add(lengths[lengths.Length / 2] * grid.Scale / Math.Abs(view.Gap));
        }

        if (shares.Count == 0) return (CameraMotion.Parallax, 0);
        double share = OrderStatistics.UpperMedian(shares), speed = OrderStatistics.UpperMedian(speeds);
        return share < HomographyShare ? (CameraMotion.Parallax, share)
            : speed < StaticPixelsPerFrame ? (CameraMotion.Static, share)
            : (CameraMotion.RotationOnly, share);
    }

    private static double Square(double v) => v * v;
}
