using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Seed.Http;

/// <summary>Loss curves of a clip's training, out of the accepted <c>losses_*.csv</c>, thinned to what a screen shows.</summary>
internal static class LossSeries
{
    private const int MaxPoints = 400;

    private const string StepColumn = "step";

    public sealed record Series(string Name, IReadOnlyList<double[]> Points);

    public static IReadOnlyList<Series> Of(SeedFiles files, ClipId clip, ClipState state)
    {
        if (!state.Stages.ContainsKey(Stages.Train)) return [];
        var series = new SortedDictionary<string, List<double[]>>(StringComparer.Ordinal);
        foreach (var manifest in state.Accepted(clip, Stages.Train))
        {
            foreach (var file in manifest.Files.Where(f => f.Name.StartsWith("losses", StringComparison.Ordinal) && f.Name.EndsWith(".csv", StringComparison.Ordinal)))
                Read(files.Store.Paths.File(clip, manifest.Task, manifest.Epoch, file.Name), series);
        }

        return [.. series.Where(s => s.Value.Count > 1).Select(s => new Series(s.Key, Thin(s.Value)))];
    }

    private static void Read(string path, SortedDictionary<string, List<double[]>> series)
    {
        if (!File.Exists(path)) return;
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2) return;
        var header = lines[0].Split(',');
        var step = Array.IndexOf(header, StepColumn);
        if (step < 0) return;
        foreach (var cells in lines.Skip(1).Select(l => l.Split(',')).Where(c => c.Length == header.Length))
        {
            for (var i = 0; i < header.Length; i++)
            {
                if (i == step || !Number(cells[step], out var x) || !Number(cells[i], out var y)) continue;
                if (!series.TryGetValue(header[i], out var points)) series[header[i]] = points = [];
                points.Add([x, y]);
            }
        }
    }

    private static List<double[]> Thin(List<double[]> points)
    {
        var every = ((points.Count - 1) / MaxPoints) + 1;
        return [.. points.Where((_, i) => i % every == 0 || i == points.Count - 1)];
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
