using System.Globalization;
using System.Text.Json.Serialization;

namespace Depth3D.Pipeline.Loops;

/// <summary>What a finished loop is worth: measured against its clips by spec 7 (8-bit units), its size, and its seam.</summary>
public sealed record LoopQuality
{
    /// <summary>Metric by name, the mean over the views measured; a metric that needs a network which is not here is in <see cref="Missing"/>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required IReadOnlyDictionary<string, string> Missing { get; init; }

    public required int TilesStatic { get; init; }

    public required int TilesDynamic { get; init; }

    /// <summary>Tiles of all planes.</summary>
    public required int TilesTotal { get; init; }

    /// <summary>Stored numbers of the loop.</summary>
    public required long Parameters { get; init; }

    /// <summary>The same for all planes over all frames.</summary>
    public required long DenseParameters { get; init; }

    public required long PackageBytes { get; init; }

    /// <summary>Mean absolute difference of the last and the first frame, and of ordinary neighbours (mean, and largest), 0..1, reference view.</summary>
    public required double Seam { get; init; }

    public required double MeanStep { get; init; }

    public required double LargestStep { get; init; }

    /// <summary>Temporal deviation of the loop over that of the input on loopable pixels.</summary>
    public required double DeviationRatio { get; init; }

    /// <summary>Whether the end of the loop is a step like others, in words.</summary>
    [JsonIgnore]
    public string SeamVerdict => Seam <= LargestStep
        ? "no larger than ordinary steps"
        : string.Create(CultureInfo.InvariantCulture, $"{(Seam / LargestStep) - 1:P0} larger than the largest ordinary step: it may show");
}
