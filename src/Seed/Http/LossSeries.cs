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

    private const string StepColumn = "step", TotalColumn = "total";

    private const string FilePrefix = "losses_", FileSuffix = ".csv";

    public sealed record Series(string Name, IReadOnlyList<double[]> Points);

    public static IReadOnlyList<Series> Of(SeedFiles files, ClipId clip, ClipState state) => !state.Stages.ContainsKey(Stages.Train)
        ? []
        : Of(state.Accepted(clip, Stages.Train).SelectMany(m => m.Files.Select(f => (f.Name, files.Store.Paths.File(clip, m.Task, m.Epoch, f.Name)))));

    /// <param name="files">Names of artifacts and where they lie; those that are no loss files are passed over.</param>
    public static IReadOnlyList<Series> Of(IEnumerable<(string Name, string Path)> files)
    {
        var series = new SortedDictionary<string, List<double[]>>(StringComparer.Ordinal);
        foreach (var (name, path) in files.Where(f => f.Name.EndsWith(FileSuffix, StringComparison.Ordinal)))
        {
            // A long clip has curves of every window, and shows the sum of each: w003_losses_000.csv.
            var window = name.IndexOf(FilePrefix, StringComparison.Ordinal);
            if (window >= 0) Read(path, name[..window].TrimEnd('_'), series);
        }

        return [.. series.Where(s => s.Value.Count > 1).Select(s => new Series(s.Key, Thin(s.Value)))];
    }

    private static void Read(string path, string window, SortedDictionary<string, List<double[]>> series)
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
                if (i == step || (window.Length > 0 && header[i] != TotalColumn) || !Number(cells[step], out var x) || !Number(cells[i], out var y)) continue;
                var name = window.Length > 0 ? window : header[i];
                if (!series.TryGetValue(name, out var points)) series[name] = points = [];
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
