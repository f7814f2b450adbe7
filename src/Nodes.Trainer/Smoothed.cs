using Depth3D.Pipeline.Reporting;

namespace Depth3D.Nodes.Trainer;

/// <summary>Curves of at most a few hundred points, each the mean of as many neighbours: a page of a long run stays small and legible.</summary>
internal static class Smoothed
{
    private const int MostPoints = 300;

    public static IReadOnlyList<ChartSeries> Of(IReadOnlyList<ChartSeries> series) => [.. series.Select(Of)];

    private static ChartSeries Of(ChartSeries series)
    {
        var bin = (series.Points.Count + MostPoints - 1) / MostPoints;
        return bin <= 1 ? series : series with
        {
            Points = [.. series.Points.Chunk(bin).Select(b => new ChartPoint(b.Average(p => p.X), b.Average(p => p.Y)))],
        };
    }
}
