using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>How far a camera that should stand moves over its clip, and the homographies that take it out.</summary>
/// <param name="LargestShiftPixels">How far the calmest part of the picture moves from the middle frame, at most.</param>
/// <param name="FollowingShare">Share of the tracked points that follow one homography, in the worst frame; 1 for a camera that stands.</param>
/// <param name="FrameFromReference">Per frame H with p_frame ~ H p_middle, 3x3 row-major; empty for a camera that stands or whose motion no homography explains.</param>
public sealed record ViewSteadiness(double LargestShiftPixels, double FollowingShare, IReadOnlyList<double[]> FrameFromReference)
{
    private const int Capacity = 400, MinTracks = 16;

    /// <summary>Water or leaves may move in most of a picture, so the camera is judged by the calmest points.</summary>
    private const double CalmShare = 0.15;

    /// <summary>Less than this is the tracker's own doubt; where points are followed from frame to frame, doubts add up.</summary>
    private const double StandingPixels = 0.7, DriftPixels = 2.5;

    /// <summary>Patches that never move prove that the camera does not: 2.4 % of them where water fills nearly all of the picture, none where a camera trembles by 1.5 pixels.</summary>
    private const double CalmPatchShare = 0.01;

    /// <summary>Deviation from the homography, at a long side of 640.</summary>
    private const double HomographyPixels = 1.5;

    /// <summary>Share of points that must follow the homography: 0.2 to 0.4 do for a camera that travels, 0.6 for one that turns beside a car.</summary>
    public const double LeastFollowingShare = 0.5;

    public bool Stands => LargestShiftPixels <= StandingPixels;

    public bool IsExplained => FrameFromReference.Count > 0;

    /// <param name="frames">RGB, all of one size.</param>
    public static ViewSteadiness Measure(IReadOnlyList<Raster<byte>> frames, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var grey = frames.AsParallel().AsOrdered().Select(Colour.ToGray).ToArray();
        var middle = grey.Length / 2;
        if (CalmPatches.Share(grey, middle, StandingPixels) >= CalmPatchShare) return new ViewSteadiness(0, 1, []);
        var corners = Geometry2D.Corners(grey[middle], Capacity, 0.01, Math.Max(4, grey[middle].Width / 80.0));
        if (corners.Length < MinTracks) return new ViewSteadiness(0, 1, []);
        var shift = Math.Max(LargestShift(grey, middle, corners, 1, cancellation), LargestShift(grey, middle, corners, -1, cancellation));
        if (shift is > StandingPixels and <= DriftPixels) shift = DirectShift(grey, middle, corners, cancellation);
        return shift <= StandingPixels ? new ViewSteadiness(shift, 1, []) : Explain(grey, middle, corners, shift, cancellation);
    }

    /// <summary>The frame as the middle frame's camera would have seen it, and 255 where it has a colour.</summary>
    public (Raster<byte> Rgb, Raster<byte> Valid) Steady(Raster<byte> frame, int index)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var h = FrameFromReference[index];
        var places = new Raster<float>(frame.Width, frame.Height, 2);
        var valid = new Raster<byte>(frame.Width, frame.Height);
        Parallel.For(0, frame.Height, y =>
        {
            for (var x = 0; x < frame.Width; x++)
            {
                var p = Map(h, x, y);
                (places[x, y, 0], places[x, y, 1]) = ((float)p.X, (float)p.Y);
                if (p.X >= 0 && p.Y >= 0 && p.X <= frame.Width - 1 && p.Y <= frame.Height - 1) valid[x, y] = 255;
            }
        });
        return (Remap.Bilinear(frame, places, BorderMode.Replicate), valid);
    }

    /// <summary>Points of the middle frame are followed from frame to frame in one direction of time.</summary>
    private static double LargestShift(Raster<byte>[] grey, int middle, Point2[] corners, int step, CancellationToken cancellation)
    {
        double largest = 0;
        var (from, now) = (corners, corners);
        for (var t = middle + step; t >= 0 && t < grey.Length; t += step)
        {
            cancellation.ThrowIfCancellationRequested();
            var moved = Geometry2D.Track(grey[t - step], grey[t], now);
            var alive = Enumerable.Range(0, now.Length).Where(i => moved[i] is not null).ToArray();
            if (alive.Length < MinTracks) return Math.Max(largest, double.PositiveInfinity);
            (from, now) = ([.. alive.Select(i => from[i])], [.. alive.Select(i => moved[i]!.Value)]);
            largest = Math.Max(largest, Calm(from, now));
        }

        return largest;
    }

    /// <summary>Points of the middle frame are looked for in every frame; right for small shifts only, and without the errors that following adds up.</summary>
    private static double DirectShift(Raster<byte>[] grey, int middle, Point2[] corners, CancellationToken cancellation)
    {
        double largest = 0;
        for (var t = 0; t < grey.Length; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            var moved = Geometry2D.Track(grey[middle], grey[t], corners);
            var alive = Enumerable.Range(0, corners.Length).Where(i => moved[i] is not null).ToArray();
            if (alive.Length < MinTracks) return double.PositiveInfinity;
            largest = Math.Max(largest, Calm([.. alive.Select(i => corners[i])], [.. alive.Select(i => moved[i]!.Value)]));
        }

        return largest;
    }

    private static double Calm(Point2[] from, Point2[] to)
    {
        var lengths = from.Zip(to, Distance).Order().ToArray();
        return lengths[(int)(lengths.Length * CalmShare)];
    }

    /// <summary>Every frame's homography from the middle frame, without the errors that following adds up.</summary>
    private static ViewSteadiness Explain(Raster<byte>[] grey, int middle, Point2[] corners, double shift, CancellationToken cancellation)
    {
        var threshold = HomographyPixels * Math.Max(1, Math.Max(grey[0].Width, grey[0].Height) / 640.0);
        var homographies = new double[grey.Length][];
        double worst = 1, largest = 0;
        for (var t = 0; t < grey.Length; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            var moved = Geometry2D.Track(grey[middle], grey[t], corners);
            var alive = Enumerable.Range(0, corners.Length).Where(i => moved[i] is not null).ToArray();
            Point2[] from = [.. alive.Select(i => corners[i])], to = [.. alive.Select(i => moved[i]!.Value)];
            if (alive.Length < MinTracks || Geometry2D.FindHomography(from, to, threshold, out var follows) is not { } h) return new ViewSteadiness(shift, 0, []);
            worst = Math.Min(worst, follows.Count(f => f) / (double)corners.Length);
            largest = Math.Max(largest, Displacement(h, grey[t]));
            homographies[t] = h;
        }

        return worst < LeastFollowingShare ? new ViewSteadiness(shift, worst, []) : new ViewSteadiness(largest, worst, homographies);
    }

    /// <summary>Of the picture's corners, at most.</summary>
    private static double Displacement(double[] h, Raster<byte> picture)
    {
        Point2[] ends = [new(0, 0), new(picture.Width - 1, 0), new(0, picture.Height - 1), new(picture.Width - 1, picture.Height - 1)];
        return ends.Max(p => Distance(p, Map(h, p.X, p.Y)));
    }

    private static Point2 Map(double[] h, double x, double y)
    {
        var w = (h[6] * x) + (h[7] * y) + h[8];
        return new Point2(((h[0] * x) + (h[1] * y) + h[2]) / w, ((h[3] * x) + (h[4] * y) + h[5]) / w);
    }

    private static double Distance(Point2 a, Point2 b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
