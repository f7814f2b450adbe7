using System.Text.Json;

namespace Depth3D.Bench.Quality;

/// <summary>
/// The accuracy that was once reached, as a checked-in file: mean over seeds of AbsRel and flicker by scene, length, prior and region, one
/// scale per clip. What gets worse by more than the tolerance fails the run.
/// </summary>
internal sealed class Baseline(SortedDictionary<string, double> values)
{
    /// <summary>A tenth: seeds of the same case differ by about a third of that.</summary>
    private const double Tolerance = 0.1;

    /// <summary>Differences below this are nothing, whatever their share.</summary>
    private const double Floor = 0.0005;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static Baseline Of(IEnumerable<QualityResult> results) => new(new SortedDictionary<string, double>(
        results.GroupBy(r => r.Case.Group).SelectMany(Means).Where(v => double.IsFinite(v.Value)).ToDictionary(v => v.Key, v => v.Value), StringComparer.Ordinal));

    public static Baseline Read(string path) => new(JsonSerializer.Deserialize<SortedDictionary<string, double>>(File.ReadAllText(path))!);

    /// <summary>Replaces what was measured anew and keeps the rest.</summary>
    public void Write(string path)
    {
        var all = File.Exists(path) ? Read(path).Values : new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in values) all[key] = Math.Round(value, 5);
        File.WriteAllText(path, JsonSerializer.Serialize(all, Json) + "\n");
    }

    /// <summary>What is worse than the baseline, in sentences.</summary>
    public IReadOnlyList<string> Regressions(Baseline reference) =>
    [
        .. values.Where(v => reference.Values.TryGetValue(v.Key, out var was) && v.Value > (was * (1 + Tolerance)) + Floor)
            .Select(v => FormattableString.Invariant($"{v.Key}: {v.Value:0.0000}, was {reference.Values[v.Key]:0.0000}")),
    ];

    /// <summary>Values of this one that the reference knows.</summary>
    public int Comparable(Baseline reference) => values.Keys.Count(reference.Values.ContainsKey);

    private SortedDictionary<string, double> Values => values;

    private static IEnumerable<(string Key, double Value)> Means(IGrouping<string, QualityResult> group)
    {
        foreach (var region in (string[])["static", "moving"])
        {
            yield return ($"{group.Key} {region} AbsRel", group.Average(r => r.Row(QualityResult.After, region).AbsRel));
            yield return ($"{group.Key} {region} flicker", group.Average(r => r.Row(QualityResult.After, region).Flicker));
        }
    }
}
