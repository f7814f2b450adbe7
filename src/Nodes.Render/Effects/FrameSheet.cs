using Depth3D.Imaging;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>Frames spread over a clip, small and side by side, on one picture: a look at a film without playing it.</summary>
internal sealed class FrameSheet
{
    private const int ThumbWidth = 426, Columns = 3, MostThumbs = 9, Gap = 4;
    private const byte Ground = 16;

    private readonly List<int> _shown;
    private Raster<byte>? _sheet;

    /// <param name="count">Frames of the clip; at most nine are shown, the first and the last among them.</param>
    public FrameSheet(int count)
    {
        var n = Math.Min(count, MostThumbs);
        _shown = [.. Enumerable.Range(0, n).Select(i => n == 1 ? 0 : (int)Math.Round((double)i * (count - 1) / (n - 1))).Distinct()];
    }

    public Raster<byte> Picture => _sheet ?? throw new InvalidOperationException("no frame was added");

    /// <param name="rgb">All of one size.</param>
    public void Add(int frame, Raster<byte> rgb)
    {
        var at = _shown.IndexOf(frame);
        if (at < 0) return;
        var height = Math.Max(1, rgb.Height * ThumbWidth / rgb.Width);
        _sheet ??= Empty(height);
        var thumb = Resize.Area(rgb, ThumbWidth, height);
        var (left, top) = (at % Columns * (ThumbWidth + Gap), at / Columns * (height + Gap));
        for (var y = 0; y < height; y++) thumb.Row(y).CopyTo(_sheet.Row(top + y)[(left * 3)..]);
    }

    private Raster<byte> Empty(int height)
    {
        var columns = Math.Min(Columns, _shown.Count);
        var rows = (_shown.Count + Columns - 1) / Columns;
        var sheet = new Raster<byte>((columns * (ThumbWidth + Gap)) - Gap, (rows * (height + Gap)) - Gap, 3);
        sheet.Samples.AsSpan().Fill(Ground);
        return sheet;
    }
}
