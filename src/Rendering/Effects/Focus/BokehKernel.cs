namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// The image of a point as horizontal spans: a sum over it costs two looks at running sums per row, however wide it is. Heights and ends are
/// fractional: a span's width is the shape's mean over the row of pixels.
/// </summary>
internal sealed class BokehKernel
{
    /// <summary>Heights per pixel at which the shape's width is taken.</summary>
    private const int SubRows = 16;

    /// <summary>Side of a hexagon over the radius of the disc of the same area.</summary>
    private const double HexagonSide = 1.0996361107;

    private const double RingHole = 0.62, RingDip = 0.8;

    private BokehKernel(double radius, BokehShape shape)
    {
        var spans = new List<Span>();
        switch (shape)
        {
            case BokehShape.Hexagon:
                var side = radius * HexagonSide;
                Add(spans, side * Math.Sqrt(0.75), y => side - (Math.Abs(y) / Math.Sqrt(3)), 1);
                break;
            case BokehShape.Ring:
                var hole = radius * RingHole;
                Add(spans, radius, y => Math.Sqrt((radius * radius) - (y * y)), 1);
                Add(spans, hole, y => Math.Sqrt((hole * hole) - (y * y)), -RingDip);
                break;
            default:
                Add(spans, radius, y => Math.Sqrt((radius * radius) - (y * y)), 1);
                break;
        }

        var area = spans.Sum(s => 2 * s.HalfWidth * s.Weight);
        Spans = [.. spans.Select(s => s with { Weight = s.Weight / area })];
        Reach = (int)Math.Ceiling(radius * HexagonSide) + 1;
    }

    /// <summary>Rows of the shape; the sum of width times weight is 1.</summary>
    public Span[] Spans { get; }

    /// <summary>No pixel farther away than this is touched.</summary>
    public int Reach { get; }

    /// <returns>Null where a point stays within its pixel.</returns>
    public static BokehKernel? Make(double radius, BokehShape shape) => radius <= 0.5 ? null : new BokehKernel(radius, shape);

    private static void Add(List<Span> spans, double top, Func<double, double> halfWidth, double weight)
    {
        var rows = (int)Math.Ceiling(top + 0.5);
        for (var dy = -rows; dy <= rows; dy++)
        {
            double sum = 0;
            for (var k = 0; k < SubRows; k++)
            {
                var y = dy - 0.5 + ((k + 0.5) / SubRows);
                if (Math.Abs(y) < top) sum += halfWidth(y);
            }

            if (sum > 0) spans.Add(new Span(dy, sum / SubRows, weight));
        }
    }

    internal readonly record struct Span(int Dy, double HalfWidth, double Weight);
}
