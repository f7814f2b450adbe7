using Depth3D.Imaging;

namespace Depth3D.Cli.Reporting;

/// <summary>Pictures spread over a clip, small and side by side, as one image that fits into a page.</summary>
internal static class ContactSheet
{
    private const int ThumbWidth = 200, Columns = 4, MostThumbs = 12, Gap = 4;

    /// <summary>Which of <paramref name="count"/> frames a sheet shows: at most 12, evenly spread, first and last included.</summary>
    public static IReadOnlyList<int> Pick(int count)
    {
        var n = Math.Min(count, MostThumbs);
        return [.. Enumerable.Range(0, n).Select(i => n == 1 ? 0 : (int)Math.Round((double)i * (count - 1) / (n - 1))).Distinct()];
    }

    /// <summary>A sheet of equally large pictures, given as functions so that only one is in memory at full size.</summary>
    public static Raster<byte> Compose(IReadOnlyList<Func<Raster<byte>>> pictures)
    {
        Raster<byte>? sheet = null;
        int thumbHeight = 0, columns = Math.Min(Columns, pictures.Count);
        for (var i = 0; i < pictures.Count; i++)
        {
            var picture = pictures[i]();
            if (sheet is null)
            {
                thumbHeight = Math.Max(1, picture.Height * ThumbWidth / picture.Width);
                var rows = (pictures.Count + columns - 1) / columns;
                sheet = new Raster<byte>((columns * (ThumbWidth + Gap)) - Gap, (rows * (thumbHeight + Gap)) - Gap, 3);
                sheet.Samples.AsSpan().Fill(255);
            }

            var thumb = Resize.Area(picture, ThumbWidth, thumbHeight);
            var (left, top) = (i % columns * (ThumbWidth + Gap), i / columns * (thumbHeight + Gap));
            for (var y = 0; y < thumbHeight; y++) thumb.Row(y).CopyTo(sheet.Row(top + y)[(left * 3)..]);
        }

        return sheet ?? throw new ArgumentException("no pictures", nameof(pictures));
    }

    /// <summary>The frame with the mask's moving pixels tinted red.</summary>
    public static Raster<byte> Tint(Raster<byte> rgb, Raster<byte> mask)
    {
        var tinted = rgb.Clone();
        for (var p = 0; p < mask.PixelCount; p++)
        {
            if (mask.Samples[p] < 128) continue;
            tinted.Samples[3 * p] = (byte)((tinted.Samples[3 * p] + 255) / 2);
            tinted.Samples[(3 * p) + 1] /= 2;
            tinted.Samples[(3 * p) + 2] /= 2;
        }

        return tinted;
    }
}
