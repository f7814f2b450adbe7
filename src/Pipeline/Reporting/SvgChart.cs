using System.Globalization;
using System.Net;
using System.Text;

namespace Depth3D.Pipeline.Reporting;

/// <summary>Small line charts as inline SVG, so that a report needs no script and no network.</summary>
public static class SvgChart
{
    private const double Width = 640, Height = 260, Left = 64, Right = 12, Top = 28, Bottom = 36;

    private static readonly string[] Strokes = ["#2563eb", "#dc2626", "#059669", "#9333ea", "#d97706"];

    /// <summary>Lines over a common x axis; y is logarithmic when every value is positive and spans more than a decade.</summary>
    public static string Lines(string title, string xLabel, IReadOnlyList<ChartSeries> series)
    {
        var points = series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y)).ToList();
        if (points.Count == 0) return "";
        var (minX, maxX) = (points.Min(p => p.X), points.Max(p => p.X));
        var (minY, maxY) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var log = minY > 0 && maxY > 10 * minY;
        double ScaleY(double y) => log ? Math.Log10(y) : y;
        var (low, high) = Widen(ScaleY(minY), ScaleY(maxY));
        if (maxX <= minX) maxX = minX + 1;
        double X(double x) => Left + ((x - minX) / (maxX - minX) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((ScaleY(y) - low) / (high - low) * (Height - Top - Bottom));

        var svg = Open(title);
        foreach (var t in Enumerable.Range(0, 5).Select(i => low + ((high - low) * i / 4)))
        {
            var value = log ? Math.Pow(10, t) : t;
            Line(svg, Left, Y(value), Width - Right, Y(value), "#e5e7eb");
            Label(svg, Left - 6, Y(value) + 4, value.ToString("G3", CultureInfo.InvariantCulture), "end");
        }

        Label(svg, Left, Height - Bottom + 16, minX.ToString("G6", CultureInfo.InvariantCulture), "middle");
        Label(svg, Width - Right, Height - Bottom + 16, maxX.ToString("G6", CultureInfo.InvariantCulture), "end");
        Label(svg, (Left + Width - Right) / 2, Height - 6, xLabel + (log ? " (log y)" : ""), "middle");
        for (var i = 0; i < series.Count; i++)
        {
            Polyline(svg, series[i].Points.Where(p => double.IsFinite(p.Y)).Select(p => (X(p.X), Y(p.Y))), Strokes[i % Strokes.Length]);
            Label(svg, Width - Right - 4, Top + 14 + (15 * i), series[i].Name, "end", Strokes[i % Strokes.Length]);
        }

        return Close(svg);
    }

    /// <summary>Camera centres from above: x to the right, z up, equal scale, the first camera marked.</summary>
    public static string Path(string title, IReadOnlyList<ChartPoint> points)
    {
        if (points.Count == 0) return "";
        var (minX, maxX) = Widen(points.Min(p => p.X), points.Max(p => p.X));
        var (minY, maxY) = Widen(points.Min(p => p.Y), points.Max(p => p.Y));
        var scale = Math.Min((Width - Left - Right) / (maxX - minX), (Height - Top - Bottom) / (maxY - minY));
        (double X, double Y) Map(ChartPoint p) => (
            ((Left + Width - Right) / 2) + ((p.X - ((minX + maxX) / 2)) * scale),
            ((Top + Height - Bottom) / 2) - ((p.Y - ((minY + maxY) / 2)) * scale));
        var svg = Open(title);
        Polyline(svg, points.Select(Map), Strokes[0]);
        foreach (var p in points.Select(Map)) svg.Append(F($"<circle cx=\"{p.X:F1}\" cy=\"{p.Y:F1}\" r=\"2\" fill=\"{Strokes[0]}\"/>"));
        var first = Map(points[0]);
        svg.Append(F($"<circle cx=\"{first.X:F1}\" cy=\"{first.Y:F1}\" r=\"5\" fill=\"none\" stroke=\"{Strokes[1]}\" stroke-width=\"2\"/>"));
        Label(svg, Left, Height - 6, "circle: first frame; seen from above, x right, z up", "start");
        return Close(svg);
    }

    private static (double Low, double High) Widen(double low, double high)
    {
        var pad = Math.Max((high - low) * 0.05, Math.Max(Math.Abs(high) * 1e-3, 1e-9));
        return (low - pad, high + pad);
    }

    private static StringBuilder Open(string title)
    {
        var svg = new StringBuilder(F($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">"));
        svg.Append(F($"<text x=\"{Left}\" y=\"18\" class=\"t\">{WebUtility.HtmlEncode(title)}</text>"));
        return svg;
    }

    private static string Close(StringBuilder svg) => svg.Append("</svg>").ToString();

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string stroke) =>
        svg.Append(F($"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{stroke}\"/>"));

    private static void Label(StringBuilder svg, double x, double y, string text, string anchor, string fill = "#374151") =>
        svg.Append(F($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{WebUtility.HtmlEncode(text)}</text>"));

    private static void Polyline(StringBuilder svg, IEnumerable<(double X, double Y)> points, string stroke)
    {
        svg.Append("<polyline fill=\"none\" stroke=\"").Append(stroke).Append("\" stroke-width=\"1.5\" points=\"");
        foreach (var (x, y) in points) svg.Append(F($"{x:F1},{y:F1} "));
        svg.Append("\"/>");
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
