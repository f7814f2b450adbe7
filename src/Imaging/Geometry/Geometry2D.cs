using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>
/// Robust two-view geometry and resection. RANSAC is seeded: the same points give the same model. Matrices are 3x3 row-major; a result
/// of null means that no model was found (too few points, all on a line, ...). Point lists run in parallel.
/// </summary>
public static unsafe class Geometry2D
{
    private const double Confidence = 0.999;
    private const int Iterations = 2000;

    /// <summary>H with p2 ~ H p1; at least 4 points.</summary>
    public static double[]? FindHomography(ReadOnlySpan<Point2> points1, ReadOnlySpan<Point2> points2, double thresholdPixels,
        out bool[] inliers, int seed = 1) => TwoView(0, 4, points1, points2, thresholdPixels, out inliers, seed);

    /// <summary>F with p2' F p1 = 0; at least 8 points.</summary>
    public static double[]? FindFundamental(ReadOnlySpan<Point2> points1, ReadOnlySpan<Point2> points2, double thresholdPixels,
        out bool[] inliers, int seed = 1) => TwoView(1, 8, points1, points2, thresholdPixels, out inliers, seed);

    /// <summary>E with x2' E x1 = 0 for x = K^-1 p; at least 5 points.</summary>
    /// <param name="camera">K, 3x3 row-major, of both pictures.</param>
    public static double[]? FindEssential(ReadOnlySpan<Point2> points1, ReadOnlySpan<Point2> points2, ReadOnlySpan<double> camera,
        double thresholdPixels, out bool[] inliers, int seed = 1)
    {
        var count = Parallel(points1.Length, points2.Length);
        inliers = new bool[count];
        if (count < 5) return null;
        var matrix = new double[9];
        var mask = new byte[count];
        int result;
        fixed (Point2* a = points1)
        fixed (Point2* b = points2)
        fixed (double* k = Matrix(camera))
        fixed (double* to = matrix)
        fixed (byte* kept = mask)
            result = Cv.d3cv_essential((double*)a, (double*)b, count, k, thresholdPixels, Confidence, seed, to, kept);
        return Accept(CvCall.Check(result, "essential matrix"), matrix, mask, inliers);
    }

    /// <summary>The motion of camera 1's frame to camera 2's that puts most points in front of both; translation has length 1.</summary>
    /// <param name="among">Points to look at; empty for all.</param>
    public static CameraMotionEstimate RecoverPose(ReadOnlySpan<double> essential, ReadOnlySpan<Point2> points1, ReadOnlySpan<Point2> points2,
        ReadOnlySpan<double> camera, ReadOnlySpan<bool> among = default)
    {
        var count = Parallel(points1.Length, points2.Length);
        double[] rotation = new double[9], translation = new double[3];
        var mask = new byte[count];
        for (var i = 0; i < count; i++) mask[i] = among.Length == 0 || among[i] ? (byte)1 : (byte)0;
        int inFront;
        fixed (Point2* a = points1)
        fixed (Point2* b = points2)
        fixed (double* e = Matrix(essential), k = Matrix(camera), r = rotation, t = translation)
        fixed (byte* kept = mask)
            CvCall.Check(Cv.d3cv_recover(e, (double*)a, (double*)b, count, k, r, t, kept, &inFront), "camera motion");
        return new CameraMotionEstimate(rotation, translation, Array.ConvertAll(mask, value => value != 0), inFront);
    }

    /// <summary>Camera from world (x = K (R X + t)) from at least 4 world points and their pixels.</summary>
    public static CameraMotionEstimate? SolvePnPRansac(ReadOnlySpan<Point3> world, ReadOnlySpan<Point2> pixels, ReadOnlySpan<double> camera,
        double thresholdPixels, int seed = 1)
    {
        var count = Parallel(world.Length, pixels.Length);
        if (count < 4) return null;
        double[] rotation = new double[9], translation = new double[3];
        var mask = new byte[count];
        int result;
        fixed (Point3* a = world)
        fixed (Point2* b = pixels)
        fixed (double* k = Matrix(camera), r = rotation, t = translation)
        fixed (byte* kept = mask)
            result = Cv.d3cv_resect((double*)a, (double*)b, count, k, thresholdPixels, Iterations, Confidence, seed, r, t, kept);
        if (CvCall.Check(result, "camera from points") != 0) return null;
        var inliers = Array.ConvertAll(mask, value => value != 0);
        return new CameraMotionEstimate(rotation, translation, inliers, inliers.Count(inlier => inlier));
    }

    /// <summary>SIFT key points, at most <paramref name="capacity"/>.</summary>
    /// <param name="mask">Where to look (not zero); null for everywhere.</param>
    public static SiftFeatures Sift(Raster<byte> gray, int capacity = 4096, Raster<byte>? mask = null)
    {
        CvCall.Channels(gray, 1, "grey picture");
        if (mask is not null) CvCall.SameSize(gray, mask, "mask");
        var keys = new float[capacity * 5];
        var descriptors = new float[capacity * SiftFeatures.DescriptorLength];
        int count;
        fixed (byte* from = gray.Samples, allowed = mask?.Samples)
        fixed (float* k = keys, d = descriptors)
            CvCall.Check(Cv.d3cv_sift(from, gray.Width, gray.Height, allowed, capacity, k, d, &count), "SIFT");
        var points = new Point2[count];
        float[] sizes = new float[count], angles = new float[count];
        for (var i = 0; i < count; i++)
            (points[i], sizes[i], angles[i]) = (new Point2(keys[i * 5], keys[(i * 5) + 1]), keys[(i * 5) + 2], keys[(i * 5) + 3]);
        return new SiftFeatures(points, sizes, angles, descriptors[..(count * SiftFeatures.DescriptorLength)]);
    }

    /// <summary>Shi-Tomasi corners, strongest first.</summary>
    /// <param name="quality">Share of the strongest corner's response that still counts.</param>
    public static Point2[] Corners(Raster<byte> gray, int capacity = 500, double quality = 0.01, double distancePixels = 8,
        Raster<byte>? mask = null)
    {
        CvCall.Channels(gray, 1, "grey picture");
        if (mask is not null) CvCall.SameSize(gray, mask, "mask");
        var points = new float[capacity * 2];
        int count;
        fixed (byte* from = gray.Samples, allowed = mask?.Samples)
        fixed (float* to = points)
            CvCall.Check(Cv.d3cv_corners(from, gray.Width, gray.Height, allowed, capacity, quality, distancePixels, to, &count), "corners");
        var result = new Point2[count];
        for (var i = 0; i < count; i++) result[i] = new Point2(points[2 * i], points[(2 * i) + 1]);
        return result;
    }

    /// <summary>Where points of picture 1 are in picture 2 (pyramidal Lucas-Kanade); null where lost.</summary>
    public static Point2?[] Track(Raster<byte> gray1, Raster<byte> gray2, ReadOnlySpan<Point2> points, int windowPixels = 21, int levels = 3)
    {
        CvCall.Channels(gray1, 1, "first picture");
        CvCall.Channels(gray2, 1, "second picture");
        CvCall.SameSize(gray1, gray2, "pictures");
        var count = points.Length;
        float[] from = new float[count * 2], to = new float[count * 2];
        for (var i = 0; i < count; i++) (from[2 * i], from[(2 * i) + 1]) = ((float)points[i].X, (float)points[i].Y);
        var found = new byte[count];
        fixed (byte* a = gray1.Samples, b = gray2.Samples, ok = found)
        fixed (float* p = from, q = to)
            CvCall.Check(Cv.d3cv_track(a, b, gray1.Width, gray1.Height, p, count, windowPixels, levels, q, ok), "point tracking");
        var result = new Point2?[count];
        for (var i = 0; i < count; i++)
        {
            float x = to[2 * i], y = to[(2 * i) + 1];
            var inside = x >= 0 && y >= 0 && x <= gray2.Width - 1 && y <= gray2.Height - 1;
            result[i] = found[i] != 0 && inside ? new Point2(x, y) : null;
        }

        return result;
    }

    private static double[]? TwoView(int kind, int minimum, ReadOnlySpan<Point2> points1, ReadOnlySpan<Point2> points2, double threshold,
        out bool[] inliers, int seed)
    {
        var count = Parallel(points1.Length, points2.Length);
        inliers = new bool[count];
        if (count < minimum) return null;
        var matrix = new double[9];
        var mask = new byte[count];
        int result;
        fixed (Point2* a = points1)
        fixed (Point2* b = points2)
        fixed (double* to = matrix)
        fixed (byte* kept = mask)
            result = Cv.d3cv_two_view(kind, (double*)a, (double*)b, count, threshold, Confidence, Iterations, seed, to, kept);
        return Accept(CvCall.Check(result, "two-view geometry"), matrix, mask, inliers);
    }

    private static double[]? Accept(int result, double[] matrix, byte[] mask, bool[] inliers)
    {
        if (result != 0) return null;
        for (var i = 0; i < mask.Length; i++) inliers[i] = mask[i] != 0;
        return matrix;
    }

    private static int Parallel(int count1, int count2) => count1 == count2
        ? count1
        : throw new ArgumentException($"{count1} points against {count2}: the lists must run in parallel");

    private static ReadOnlySpan<double> Matrix(ReadOnlySpan<double> values) => values.Length == 9
        ? values
        : throw new ArgumentException($"a 3x3 matrix has 9 numbers, got {values.Length}");
}
