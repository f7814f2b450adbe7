using System.Text.Json;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Makes news of what happened.</summary>
internal static class FeedItems
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static FeedProtocol.Item Of(NodeId seed, ClipId clip, ClipEvent happened)
    {
        var json = EventCodec.Write(happened);
        using var document = JsonDocument.Parse(json);
        var kind = document.RootElement.GetProperty("event").GetString()!;
        var task = document.RootElement.TryGetProperty("task", out var text) && text.ValueKind == JsonValueKind.String
            ? TaskId.Parse(text.GetString()!)
            : (TaskId?)null;
        var node = happened is ClipEvent.Claimed claimed ? new NodeId(claimed.Worker) : (NodeId?)null;
        return new(seed.Value, happened.At, kind, clip, task, node, json);
    }

    public static FeedProtocol.Item Of(NodeId seed, DateTimeOffset now, TaskProtocol.Progress report) =>
        new(seed.Value, now, "task-progress", report.Clip, report.Task, null, JsonSerializer.Serialize(report, Options));

    public static FeedProtocol.Item Of(NodeId seed, DateTimeOffset now, string kind, NodeId node, object detail) =>
        new(seed.Value, now, kind, null, null, node, JsonSerializer.Serialize(detail, Options));
}
