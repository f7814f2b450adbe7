namespace Depth3D.Imaging.Tests.Geometry;

public sealed class Geometry2DTests
{
    private const double Angle = 0.1;
    private static readonly double[] Camera = [500, 0, 320, 0, 500, 180, 0, 0, 1];
    private static readonly double[] Rotation = [Math.Cos(Angle), 0, Math.Sin(Angle), 0, 1, 0, -Math.Sin(Angle), 0, Math.Cos(Angle)];
    private static readonly double[] Translation = [-0.8, 0.1, 0.05];

    [Fact]
    public void A_homography_is_found_among_outliers_and_again()
    {
        double[] truth = [1.1, 0.02, 5, -0.03, 0.95, -8, 1e-4, -5e-5, 1];
        var points = Points(80);
        var moved = points.Select((p, i) => i % 5 == 0 ? new Point2(p.Y, p.X + (7 * i)) : Apply(truth, p)).ToArray();
        var found = Geometry2D.FindHomography(points, moved, 1, out var inliers)!;
        for (var i = 0; i < 9; i++) Assert.Equal(truth[i], found[i] / found[8], 1e-4);
        Assert.All(Enumerable.Range(0, 80), i => Assert.Equal(i % 5 != 0, inliers[i]));
        Assert.Equal(found, Geometry2D.FindHomography(points, moved, 1, out _));
    }

    [Fact]
    public void Two_views_give_their_motion_back()
    {
        var (world, first, second) = Views();
        var fundamental = Geometry2D.FindFundamental(first, second, 0.5, out var onLine)!;
        for (var i = 0; i < world.Length; i++) Assert.InRange(Math.Abs(Epipolar(fundamental, first[i], second[i])), 0, 1e-3);
        Assert.All(onLine, inlier => Assert.True(inlier));

        var essential = Geometry2D.FindEssential(first, second, Camera, 0.5, out var inliers)!;
        var motion = Geometry2D.RecoverPose(essential, first, second, Camera, inliers);
        var length = Math.Sqrt(Translation.Sum(t => t * t));
        for (var i = 0; i < 9; i++) Assert.Equal(Rotation[i], motion.Rotation[i], 1e-4);
        for (var i = 0; i < 3; i++) Assert.Equal(Translation[i] / length, motion.Translation[i], 1e-3);
        Assert.Equal(world.Length, motion.InlierCount);
    }

    [Fact]
    public void A_camera_is_found_from_points_with_outliers()
    {
        var (world, _, pixels) = Views();
        for (var i = 0; i < pixels.Length; i += 6) pixels[i] = new Point2(pixels[i].X + 60, pixels[i].Y - 45);
        var camera = Geometry2D.SolvePnPRansac(world, pixels, Camera, 1)!;
        for (var i = 0; i < 9; i++) Assert.Equal(Rotation[i], camera.Rotation[i], 1e-5);
        for (var i = 0; i < 3; i++) Assert.Equal(Translation[i], camera.Translation[i], 1e-4);
        Assert.All(Enumerable.Range(0, pixels.Length), i => Assert.Equal(i % 6 != 0, camera.Inliers[i]));
    }

    [Fact]
    public void Too_few_points_give_no_model()
    {
        var points = Points(3);
        Assert.Null(Geometry2D.FindHomography(points, points, 1, out _));
        Assert.Null(Geometry2D.FindFundamental(points, points, 1, out _));
        Assert.Null(Geometry2D.FindEssential(points, points, Camera, 1, out _));
        Assert.Null(Geometry2D.SolvePnPRansac([default], [default], Camera, 1));
        Assert.Null(Geometry2D.FindHomography([], [], 1, out _));
    }

    [Fact]
    public void Lists_that_differ_are_refused() => Assert.Throws<ArgumentException>(() => Geometry2D.FindHomography(Points(5), Points(4), 1, out _));

    [Fact]
    public void Tracked_corners_follow_the_shift()
    {
        var first = Pictures.Texture(160, 120);
        var corners = Geometry2D.Corners(first);
        Assert.NotEmpty(corners);
        var moved = Geometry2D.Track(first, Pictures.Texture(160, 120, 4, -3), corners);
        var inside = Enumerable.Range(0, corners.Length).Where(i => moved[i] is not null && corners[i].X is > 20 and < 140 && corners[i].Y is > 20 and < 100).ToArray();
        Assert.NotEmpty(inside);
        Assert.All(inside, i => Assert.Equal((4, -3), (Math.Round(moved[i]!.Value.X - corners[i].X), Math.Round(moved[i]!.Value.Y - corners[i].Y))));
        Assert.Empty(Geometry2D.Track(first, first, []));
    }

    [Fact]
    public void Sift_keeps_to_its_capacity_and_mask_and_repeats_itself()
    {
        var picture = Filters.GaussianBlur(Pictures.Noise(120, 120, 1, r => (byte)r.Next(256)), 1.5);
        var mask = new Raster<byte>(120, 120);
        for (var y = 0; y < 120; y++) mask.Row(y)[..60].Fill(255);
        var features = Geometry2D.Sift(picture, 40, mask);
        Assert.InRange(features.Points.Length, 10, 40);
        Assert.Equal(features.Points.Length * 128, features.Descriptors.Length);
        Assert.All(features.Points, point => Assert.InRange(point.X, 0, 61));
        var again = Geometry2D.Sift(picture, 40, mask);
        Assert.Equal(features.Points, again.Points);
        Assert.Equal(features.Descriptors, again.Descriptors);
    }

    private static (Point3[] World, Point2[] First, Point2[] Second) Views()
    {
        var random = new Random(5);
        var world = Enumerable.Range(0, 60).Select(_ => new Point3((random.NextDouble() * 4) - 2, (random.NextDouble() * 2) - 1, 4 + (random.NextDouble() * 6))).ToArray();
        double[] unturned = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        return (world, world.Select(p => Project(unturned, [0, 0, 0], p)).ToArray(), world.Select(p => Project(Rotation, Translation, p)).ToArray());
    }

    private static Point2 Project(double[] r, double[] t, Point3 p)
    {
        var x = (r[0] * p.X) + (r[1] * p.Y) + (r[2] * p.Z) + t[0];
        var y = (r[3] * p.X) + (r[4] * p.Y) + (r[5] * p.Z) + t[1];
        var z = (r[6] * p.X) + (r[7] * p.Y) + (r[8] * p.Z) + t[2];
        return new Point2((Camera[0] * x / z) + Camera[2], (Camera[4] * y / z) + Camera[5]);
    }

    private static Point2[] Points(int count)
    {
        var random = new Random(2);
        return Enumerable.Range(0, count).Select(_ => new Point2(random.NextDouble() * 640, random.NextDouble() * 360)).ToArray();
    }

    private static Point2 Apply(double[] h, Point2 p)
    {
        var w = (h[6] * p.X) + (h[7] * p.Y) + h[8];
        return new Point2(((h[0] * p.X) + (h[1] * p.Y) + h[2]) / w, ((h[3] * p.X) + (h[4] * p.Y) + h[5]) / w);
    }

    private static double Epipolar(double[] f, Point2 a, Point2 b) =>
        (b.X * ((f[0] * a.X) + (f[1] * a.Y) + f[2])) + (b.Y * ((f[3] * a.X) + (f[4] * a.Y) + f[5])) + (f[6] * a.X) + (f[7] * a.Y) + f[8];
}
