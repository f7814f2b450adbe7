using System.Text.Json;
using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Journal;

/// <summary>The summary of a clip as JSON beside its row.</summary>
internal static class SummaryCodec
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(ClipSummary summary) => JsonSerializer.Serialize(summary, Options);

    /// <summary>What the row says; the bare phase where the summary is missing or unreadable, since lists must not fail for one clip.</summary>
    public static ClipSummary Read(string phase, string? json)
    {
        var bare = new ClipSummary(Enum.Parse<ClipPhase>(phase));
        try
        {
            return json is null ? bare : JsonSerializer.Deserialize<ClipSummary>(json, Options) ?? bare;
        }
        catch (JsonException)
        {
            return bare;
        }
    }
}
