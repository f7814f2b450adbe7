using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Reporting;

/// <summary>Joins the loss files of the training chunks into one line per loss.</summary>
internal static class LossCurves
{
    public static IReadOnlyList<ChartSeries> Read(IArtifactReader artifacts)
    {
        var columns = new Dictionary<string, List<ChartPoint>>(StringComparer.Ordinal);
        for (var chunk = 0; artifacts.Exists(Stages.Train, Artifacts.Losses(chunk)); chunk++)
        {
            var lines = File.ReadAllLines(artifacts.PathOf(Stages.Train, Artifacts.Losses(chunk)));
            var header = lines[0].Split(',');
            foreach (var cells in lines.Skip(1).Select(l => l.Split(',')))
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

        return [.. columns.Select(c => new ChartSeries(c.Key, c.Value))];
    }
}
