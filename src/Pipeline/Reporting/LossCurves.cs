using System.Globalization;

namespace Depth3D.Pipeline.Reporting;

/// <summary>Joins the loss files of the training chunks into one line per loss.</summary>
public static class LossCurves
{
    /// <summary>Every accepted chunk's losses.</summary>
    public static IReadOnlyList<ChartSeries> Read(IArtifactReader artifacts)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        return Read(Enumerable.Range(0, int.MaxValue).Select(Artifacts.Losses)
            .TakeWhile(name => artifacts.Exists(Stages.Train, name)).Select(name => artifacts.PathOf(Stages.Train, name)));
    }

    /// <param name="files">CSV files as <see cref="Artifacts.Losses"/> says, in the order of their steps.</param>
    public static IReadOnlyList<ChartSeries> Read(IEnumerable<string> files)
    {
        var columns = new Dictionary<string, List<ChartPoint>>(StringComparer.Ordinal);
        foreach (var lines in files.Select(File.ReadAllLines))
        {
            var header = lines[0].Split(',');
            foreach (var cells in lines.Skip(1).Select(l => l.Split(','))) Add(columns, header, cells);
        }

        return [.. columns.Select(c => new ChartSeries(c.Key, c.Value))];
    }

    private static void Add(Dictionary<string, List<ChartPoint>> columns, string[] header, string[] cells)
    {
        var step = double.Parse(cells[0], CultureInfo.InvariantCulture);
        for (var c = 1; c < cells.Length; c++)
        {
            if (!double.TryParse(cells[c], CultureInfo.InvariantCulture, out var value) || value <= 0) continue;
            if (!columns.TryGetValue(header[c], out var points)) columns[header[c]] = points = [];
            points.Add(new ChartPoint(step, value));
        }
    }
}
