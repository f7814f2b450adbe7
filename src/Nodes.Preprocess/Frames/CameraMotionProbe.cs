using Depth3D.Imaging;
using Depth3D.Reconstruction;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>
/// A first look at how the camera moves. Corners are followed over a few frames and explained by one homography, all that a turning
/// camera can do to a picture; parallax shows in every part of the picture, a moving thing in few. A hint; the cameras stage decides.
/// On known clips the share of picture cells that follow the homography is 0.2 for an arc through a courtyard, 0.4 for a camera array and
/// 0.6 for a turning camera that follows a car.
/// </summary>
internal sealed class CameraMotionProbe
{
    /// <summary>Frames over which corners are followed.</summary>
    private const int Span = 10;

    private const int Capacity = 400;
    private const int MinTracks = 24;
    private const int CellColumns = 6, CellRows = 4, MinTracksPerCell = 4;

    /// <summary>Least deviation from the homography that counts, at a long side of 640; scaled with it.</summary>
    private const double HomographyPixels = 1.5;

    /// <summary>Lenses bend long motions: this share of the median motion is no deviation.</summary>
    private const double HomographyShare = 0.025;

    /// <summary>Water or leaves may move in most of a picture, so standing is judged by the calmest tracks.</summary>
    private const double CalmShare = 0.15;

    /// <summary>A tripod trembles by up to two pixels; what goes on moving one way adds up over the clip.</summary>
    private const double StandingPixels = 2.5, DriftPixels = 6;

    private const double MinRotationCells = 0.55;

    private readonly List<(double Calm, double AgreeingCells)> _spans = [];
    private Raster<byte>? _last;
    private Point2[] _from = [];
    private Point2?[] _now = [];
    private double _driftX, _driftY;
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

    /// <summary>The verdict over all spans, and the share of the picture that no homography explains (0 for a standing camera).</summary>
    public (CameraMotion Motion, double ParallaxScore) Finish()
    {
        if (_last is not null && (_age > Span / 2 || (_spans.Count == 0 && _age > 0))) Measure(_last);
        if (_spans.Count == 0) return (CameraMotion.Parallax, 0);
        var scale = Scale(_last!);
        var drift = Math.Sqrt((_driftX * _driftX) + (_driftY * _driftY));
        if (OrderStatistics.UpperMedian(_spans.Select(span => span.Calm)) < StandingPixels * scale && drift < DriftPixels * scale) return (CameraMotion.Static, 0);
        var agreeing = OrderStatistics.UpperMedian(_spans.Select(span => span.AgreeingCells));
        return (agreeing >= MinRotationCells ? CameraMotion.RotationOnly : CameraMotion.Parallax, 1 - agreeing);
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
        var tracks = _from.Zip(_now).Where(pair => pair.Second is not null).Select(pair => new Track(pair.First, pair.Second!.Value))
            .OrderBy(track => track.Length).ToArray();
        if (tracks.Length < MinTracks) return;
        var threshold = Math.Max(HomographyPixels * Scale(gray), HomographyShare * tracks[tracks.Length / 2].Length);
        var from = Array.ConvertAll(tracks, track => track.From);
        var to = Array.ConvertAll(tracks, track => track.To);
        if (Geometry2D.FindHomography(from, to, threshold, out var agrees) is null) return;
        var calm = (int)(tracks.Length * CalmShare);
        _spans.Add((tracks[calm].Length, AgreeingCells(from, agrees, gray)));
        _driftX += OrderStatistics.UpperMedian(tracks.Take(calm + 1).Select(track => track.To.X - track.From.X));
        _driftY += OrderStatistics.UpperMedian(tracks.Take(calm + 1).Select(track => track.To.Y - track.From.Y));
    }

    /// <summary>Share of the cells in which at least half of the tracks follow the homography.</summary>
    private static double AgreeingCells(Point2[] points, bool[] agrees, Raster<byte> gray)
    {
        var all = new int[CellColumns * CellRows];
        var good = new int[CellColumns * CellRows];
        for (var i = 0; i < points.Length; i++)
        {
            var cell = ((int)(points[i].Y * CellRows / gray.Height) * CellColumns) + (int)(points[i].X * CellColumns / gray.Width);
            all[cell]++;
            if (agrees[i]) good[cell]++;
        }

        int filled = 0, agreeing = 0;
        for (var cell = 0; cell < all.Length; cell++)
        {
            if (all[cell] < MinTracksPerCell) continue;
            filled++;
            if (good[cell] * 2 >= all[cell]) agreeing++;
        }

        return filled == 0 ? 0 : agreeing / (double)filled;
    }

    private static double Scale(Raster<byte> gray) => Math.Max(gray.Width, gray.Height) / 640.0;

    private readonly record struct Track(Point2 From, Point2 To)
    {
        public double Length => Math.Sqrt(((To.X - From.X) * (To.X - From.X)) + ((To.Y - From.Y) * (To.Y - From.Y)));
    }
}
