using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>
/// A first look at how the camera moves: corners followed over a few frames, explained by one homography (all that a turning camera or a
/// plane can do) or only by epipolar geometry (depth shows). A hint; the cameras stage decides.
/// </summary>
internal sealed class CameraMotionProbe
{
    /// <summary>Frames over which corners are followed.</summary>
    private const int Span = 10;

    private const int Capacity = 400;
    private const int MinTracks = 24;

    /// <summary>At a long side of 640; scaled with it.</summary>
    private const double HomographyPixels = 1.5;

    private const double EpipolarPixels = 1;
    private const double StandingPixels = 0.7;

    /// <summary>Moving things may cover the larger part of a frame, so standing is judged by the calmer tracks.</summary>
    private const double CalmShare = 0.4;

    private const double MinParallaxShare = 0.06;

    private readonly List<(double Calm, double Parallax)> _spans = [];
    private Raster<byte>? _last;
    private Point2[] _from = [];
    private Point2?[] _now = [];
    private int _age;

    public void Add(Raster<byte> gray)
    {
        if (_last is not null)
        {
            Follow(_last, gray);
            _age++;
        }

        if (_last is null || _age == Span) Restart(gray);
        _last = gray;
    }

    /// <summary>The verdict over all spans, and the median share of tracks that follow the epipolar geometry but no homography.</summary>
    public (CameraMotion Motion, double ParallaxScore) Finish()
    {
        if (_last is not null && (_age > Span / 2 || (_spans.Count == 0 && _age > 0))) Measure(_last);
        if (_spans.Count == 0) return (CameraMotion.Parallax, 0);
        var scale = _last!.Width > _last.Height ? _last.Width / 640.0 : _last.Height / 640.0;
        var calm = Median(_spans.Select(span => span.Calm));
        var parallax = Median(_spans.Select(span => span.Parallax));
        if (calm < StandingPixels * scale) return (CameraMotion.Static, 0);
        return (parallax < MinParallaxShare ? CameraMotion.RotationOnly : CameraMotion.Parallax, parallax);
    }

    private void Follow(Raster<byte> last, Raster<byte> gray)
    {
        var alive = new List<int>();
        for (var i = 0; i < _now.Length; i++)
            if (_now[i] is not null) alive.Add(i);
        var moved = Geometry2D.Track(last, gray, alive.Select(i => _now[i]!.Value).ToArray());
        for (var k = 0; k < alive.Count; k++) _now[alive[k]] = moved[k];
    }

    private void Restart(Raster<byte> gray)
    {
        if (_age > 0) Measure(gray);
        _from = Geometry2D.Corners(gray, Capacity, 0.01, Math.Max(4, gray.Width / 80.0));
        _now = Array.ConvertAll(_from, point => (Point2?)point);
        _age = 0;
    }

    private void Measure(Raster<byte> gray)
    {
        var pairs = _from.Zip(_now).Where(pair => pair.Second is not null).Select(pair => (From: pair.First, To: pair.Second!.Value)).ToArray();
        if (pairs.Length < MinTracks) return;
        var from = Array.ConvertAll(pairs, pair => pair.From);
        var to = Array.ConvertAll(pairs, pair => pair.To);
        var lengths = pairs.Select(pair => Math.Sqrt(Math.Pow(pair.To.X - pair.From.X, 2) + Math.Pow(pair.To.Y - pair.From.Y, 2))).Order().ToArray();
        var scale = Math.Max(gray.Width, gray.Height) / 640.0;
        if (Geometry2D.FindHomography(from, to, HomographyPixels * scale, out var onPlane) is null) return;
        Geometry2D.FindFundamental(from, to, EpipolarPixels * scale, out var onLine);
        var deep = 0;
        for (var i = 0; i < pairs.Length; i++)
            if (onLine[i] && !onPlane[i]) deep++;
        _spans.Add((lengths[(int)(lengths.Length * CalmShare)], deep / (double)pairs.Length));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
