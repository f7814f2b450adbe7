using Depth3D.Imaging;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Finds who leaves his place for good in the clip of a camera that stands. Pixels where the clip's end differs from its beginning, and that changed over
/// just once, are regions he left or went to. Which of both the scene is, is told by the regions' border: the scene goes on across it, he does not. A minimum cut
/// keeps neighbours together. With the scene behind him known, frames are searched for him.
/// </summary>
public sealed class PasserByFinder
{
    /// <summary>Colour distances, 0..441: a lasting change; a pixel that shows him.</summary>
    private const double Lasting = 40, Differs = 36;

    /// <summary>Smallest region, as a share of the picture.</summary>
    private const double LeastShare = 0.004;

    /// <summary>Share of frames in which a pixel of a region shows one of its two states.</summary>
    private const double LeastSettled = 0.75;

    /// <summary>How far he sways beyond the regions, as a share of the picture's width; how far his rim reaches.</summary>
    private const double SwayShare = 0.08;
    private const int RimPixels = 3;

    private const int CutIterations = 2000;
    private const float CutScale = 40;

    private readonly IReadOnlyList<Raster<byte>> _frames;
    private readonly Raster<byte> _early, _late;
    private readonly int _width, _height;

    private PasserByFinder(IReadOnlyList<Raster<byte>> frames)
    {
        _frames = frames;
        (_width, _height) = (frames[0].Width, frames[0].Height);
        var window = Math.Clamp(frames.Count / 20, 1, 9);
        _early = FrameMedian.Of([.. frames.Take(window)]);
        _late = FrameMedian.Of([.. frames.Skip(frames.Count - window)]);
    }

    /// <returns>Null where nobody leaves.</returns>
    public static PasserBy? Find(IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return frames.Count < 12 ? null : new PasserByFinder(frames).Find();
    }

    private PasserBy? Find()
    {
        var changed = ChangedOnce(out var since);
        var core = Large(Filters.Open(changed, 1));
        if (Array.IndexOf(core.Samples, (byte)255) < 0) return null;
        var region = Grown(core);
        var isEarly = InEarlyPicture(region);
        var plate = Plate(region, isEarly);
        var places = Places(region);
        var him = new Raster<byte>[_frames.Count];
        for (var t = 0; t < him.Length; t++) him[t] = Him(t, plate, places, Seeds(t, core, isEarly, since), t == 0 ? null : him[t - 1]);
        return new PasserBy(plate, [.. him.Select(Shown)], him.Max(mask => mask.Samples.Count(v => v != 0)) / (double)core.PixelCount);
    }

    /// <summary>Pixels that show the early state, then the late one, and never go back for longer than a moment.</summary>
    /// <param name="since">The frame from which on a changed pixel shows the late state.</param>
    private Raster<byte> ChangedOnce(out int[] since)
    {
        var changed = new Raster<byte>(_width, _height);
        var from = new int[changed.PixelCount];
        Parallel.For(0, changed.PixelCount, i =>
        {
            var distance = Distance(_early, _late, i);
            if (distance > Lasting && Switch(i, distance, out from[i])) changed.Samples[i] = 255;
        });
        since = from;
        return changed;
    }

    private bool Switch(int i, double distance, out int since)
    {
        // The split with the fewest frames on the wrong side, and how many frames show neither.
        int wrong = 0, unsettled = 0;
        var isLate = new bool[_frames.Count];
        for (var t = 0; t < isLate.Length; t++)
        {
            double toEarly = Distance(_frames[t], _early, i), toLate = Distance(_frames[t], _late, i);
            isLate[t] = toLate < toEarly;
            if (Math.Min(toEarly, toLate) > distance / 2) unsettled++;
            if (!isLate[t]) wrong++;
        }

        (since, var least) = (0, wrong);
        for (var t = 0; t < isLate.Length; t++)
        {
            wrong += isLate[t] ? 1 : -1;
            if (wrong < least) (since, least) = (t + 1, wrong);
        }

        return least <= 0.04 * isLate.Length && unsettled <= (1 - LeastSettled) * isLate.Length;
    }

    private Raster<byte> Large(Raster<byte> mask)
    {
        var regions = Filters.ConnectedComponents(Filters.Close(mask, 2));
        var isLarge = regions.Regions.Select(r => r.Area >= LeastShare * mask.PixelCount).ToArray();
        return new Raster<byte>(_width, _height, 1, [.. mask.Samples.Select((v, i) => v != 0 && regions.Labels.Samples[i] is > 0 and var label && isLarge[label - 1] ? (byte)255 : (byte)0)]);
    }

    /// <summary>All that differs between beginning and end and hangs together with the core.</summary>
    private Raster<byte> Grown(Raster<byte> core)
    {
        var differs = new Raster<byte>(_width, _height);
        for (var i = 0; i < differs.Samples.Length; i++)
            if (Distance(_early, _late, i) > Differs / 2) differs.Samples[i] = 255;
        differs = Filters.Open(Filters.Close(differs, 2), 1);
        var near = Filters.Dilate(core, (int)Math.Round(SwayShare * _width));
        for (var i = 0; i < differs.Samples.Length; i++)
            differs.Samples[i] = core.Samples[i] != 0 || (differs.Samples[i] != 0 && near.Samples[i] != 0) ? (byte)255 : (byte)0;
        return Filters.Close(Touching(differs, core, 1), RimPixels);
    }

    /// <summary>The regions of a mask that hold at least so many pixels of the seeds.</summary>
    private static Raster<byte> Touching(Raster<byte> mask, Raster<byte> seeds, double least)
    {
        var regions = Filters.ConnectedComponents(mask);
        var seeded = new int[regions.Regions.Count + 1];
        for (var i = 0; i < seeds.Samples.Length; i++)
            if (seeds.Samples[i] != 0) seeded[regions.Labels.Samples[i]]++;
        return new Raster<byte>(mask.Width, mask.Height, 1, Array.ConvertAll(regions.Labels.Samples, label => label > 0 && seeded[label] >= least ? (byte)255 : (byte)0));
    }

    /// <summary>Per pixel of the region: whether he is there in the beginning, not in the end.</summary>
    private bool[] InEarlyPicture(Raster<byte> region)
    {
        Raster<float> gain = new(_width, _height), right = new(_width, _height), down = new(_width, _height);
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                if (region[x, y] == 0) continue;
                gain[x, y] = (Border(region, x, y, -1, 0) + Border(region, x, y, 1, 0) + Border(region, x, y, 0, -1) + Border(region, x, y, 0, 1)) / CutScale;
                if (x + 1 < _width && region[x + 1, y] != 0) right[x, y] = Seam(x, y, x + 1, y);
                if (y + 1 < _height && region[x, y + 1] != 0) down[x, y] = Seam(x, y, x, y + 1);
            }
        }

        return Array.ConvertAll(TotalVariationCut.Solve(gain, right, down, CutIterations).Samples, u => u > 0.5f);
    }

    /// <summary>Across the region's border: the step in the early picture less that in the late one; 0 inside.</summary>
    private float Border(Raster<byte> region, int x, int y, int dx, int dy)
    {
        int outX = x + (dx * RimPixels), outY = y + (dy * RimPixels), inX = x - (dx * RimPixels), inY = y - (dy * RimPixels);
        if ((uint)outX >= (uint)_width || (uint)outY >= (uint)_height || (uint)inX >= (uint)_width || (uint)inY >= (uint)_height) return 0;
        if (region[x + dx, y + dy] != 0 || region[outX, outY] != 0 || region[inX, inY] == 0) return 0;
        int inside = (inY * _width) + inX, outside = (outY * _width) + outX;
        return (float)(Distance(_early, inside, outside) - Distance(_late, inside, outside));
    }

    /// <summary>Taking one picture here and the other there shows where they differ.</summary>
    private float Seam(int x, int y, int x2, int y2) =>
        (float)(0.02 + (Distance(_early, _late, (y * _width) + x) + Distance(_early, _late, (y2 * _width) + x2)) / 2 / CutScale);

    private Raster<byte> Plate(Raster<byte> region, bool[] isEarly)
    {
        var plate = FrameMedian.Of(_frames);
        var places = Places(region);
        for (var i = 0; i < places.Samples.Length; i++)
        {
            if (places.Samples[i] == 0) continue;
            var source = region.Samples[i] != 0 && isEarly[i] ? _late : _early;
            source.Samples.AsSpan(i * 3, 3).CopyTo(plate.Samples.AsSpan(i * 3, 3));
        }

        return plate;
    }

    /// <summary>Where he may be: between where he was and where he went, and a little beyond.</summary>
    private Raster<byte> Places(Raster<byte> region)
    {
        var sway = (int)Math.Round(SwayShare * _width);
        int left = _width, right = -1, top = _height, bottom = -1;
        for (var i = 0; i < region.Samples.Length; i++)
        {
            if (region.Samples[i] == 0) continue;
            (left, right) = (Math.Min(left, i % _width), Math.Max(right, i % _width));
            (top, bottom) = (Math.Min(top, i / _width), Math.Max(bottom, i / _width));
        }

        var places = new Raster<byte>(_width, _height);
        for (var y = Math.Max(0, top - sway); y <= Math.Min(_height - 1, bottom + sway); y++)
            for (var x = Math.Max(0, left - sway); x <= Math.Min(_width - 1, right + sway); x++)
                places[x, y] = 255;
        return places;
    }

    /// <summary>Pixels that surely show him in frame t.</summary>
    private static Raster<byte> Seeds(int t, Raster<byte> core, bool[] isEarly, int[] since) =>
        new(core.Width, core.Height, 1, [.. core.Samples.Select((v, i) => v != 0 && isEarly[i] == t < since[i] ? (byte)255 : (byte)0)]);

    /// <summary>All that differs from the plate and hangs together with the seeds, or with where he was a frame before.</summary>
    private Raster<byte> Him(int t, Raster<byte> plate, Raster<byte> places, Raster<byte> seeds, Raster<byte>? before)
    {
        if (before is not null)
        {
            var inside = Filters.Erode(before, RimPixels);
            for (var i = 0; i < seeds.Samples.Length; i++)
                if (inside.Samples[i] != 0 && Distance(_frames[t], plate, i) > Differs) seeds.Samples[i] = 255;
        }

        var differs = new Raster<byte>(_width, _height);
        for (var i = 0; i < differs.Samples.Length; i++)
            if (seeds.Samples[i] != 0 || (places.Samples[i] != 0 && Distance(_frames[t], plate, i) > Differs)) differs.Samples[i] = 255;
        differs = Filters.Open(Filters.Close(differs, RimPixels), 1);
        return Touching(differs, seeds, LeastShare / 4 * seeds.PixelCount);
    }

    private Raster<byte> Shown(Raster<byte> him) =>
        new(_width, _height, 1, Array.ConvertAll(Filters.Dilate(him, RimPixels).Samples, v => (byte)(255 - v)));

    private static double Distance(Raster<byte> a, Raster<byte> b, int i) => Distance(a.Samples, i, b.Samples, i);

    private static double Distance(Raster<byte> a, int i, int j) => Distance(a.Samples, i, a.Samples, j);

    private static double Distance(byte[] a, int i, byte[] b, int j)
    {
        double sum = 0;
        for (var c = 0; c < 3; c++)
        {
            double difference = a[(3 * i) + c] - b[(3 * j) + c];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }
}
