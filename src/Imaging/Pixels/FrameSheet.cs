namespace Depth3D.Imaging;

/// <summary>Frames spread over a clip, small and side by side, on one picture: a look at a film without playing it.</summary>
public sealed class FrameSheet
{
    private const int Gap = 4;

    private readonly List<int> _shown;
    private readonly int _thumbWidth, _columns;
    private readonly byte _ground;
    private Raster<byte>? _sheet;

    /// <param name="count">Frames of the clip.</param>
    /// <param name="mostThumbs">So many are shown at most, evenly spread, the first and the last among them.</param>
    /// <param name="thumbWidth">Pixels of a small picture.</param>
    /// <param name="columns">Small pictures side by side, at most.</param>
    /// <param name="ground">Grey between them.</param>
    public FrameSheet(int count, int mostThumbs = 9, int thumbWidth = 426, int columns = 3, byte ground = 16)
    {
        (_thumbWidth, _columns, _ground) = (thumbWidth, columns, ground);
        var n = Math.Min(count, mostThumbs);
        _shown = [.. Enumerable.Range(0, n).Select(i => n == 1 ? 0 : (int)Math.Round((double)i * (count - 1) / (n - 1))).Distinct()];
    }

    /// <summary>The frames that it shows.</summary>
    public IReadOnlyList<int> Shown => _shown;

    /// <exception cref="InvalidOperationException">No frame was added.</exception>
    public Raster<byte> Picture => _sheet ?? throw new InvalidOperationException("no frame was added");

    /// <summary>Puts a frame in its place; frames that are not shown are passed over.</summary>
    /// <param name="frame">Its index in the clip.</param>
    /// <param name="rgb">All of one size.</param>
    public void Add(int frame, Raster<byte> rgb)
    {
        var at = _shown.IndexOf(frame);
        if (at < 0) return;
        var height = Math.Max(1, rgb.Height * _thumbWidth / rgb.Width);
        _sheet ??= Empty(height);
        var thumb = Resize.Area(rgb, _thumbWidth, height);
        var (left, top) = (at % _columns * (_thumbWidth + Gap), at / _columns * (height + Gap));
        for (var y = 0; y < height; y++) thumb.Row(y).CopyTo(_sheet.Row(top + y)[(left * 3)..]);
    }

    private Raster<byte> Empty(int height)
    {
        var columns = Math.Min(_columns, _shown.Count);
        var rows = (_shown.Count + _columns - 1) / _columns;
        var sheet = new Raster<byte>((columns * (_thumbWidth + Gap)) - Gap, (rows * (height + Gap)) - Gap, 3);
        sheet.Samples.AsSpan().Fill(_ground);
        return sheet;
    }
}
