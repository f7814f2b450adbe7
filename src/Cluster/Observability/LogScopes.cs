using System.Collections;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Observability;

/// <summary>The fields that every log line about a task carries, under the same names everywhere: node, clip, task, epoch.</summary>
public static class LogScopes
{
    public const string Node = "node";
    public const string Clip = "clip";
    public const string Task = "task";
    public const string Epoch = "epoch";

    public static IDisposable? OfNode(this ILogger log, NodeId node) => log.BeginScope(new Fields((Node, node.Value)));

    public static IDisposable? OfClip(this ILogger log, ClipId clip) => log.BeginScope(new Fields((Clip, clip.Value)));

    public static IDisposable? OfAttempt(this ILogger log, ClipId clip, TaskId task, long epoch) =>
        log.BeginScope(new Fields((Clip, clip.Value), (Task, task.ToString()), (Epoch, epoch)));

    /// <summary>A scope that structured sinks read as fields and plain ones as text.</summary>
    private sealed class Fields(params (string Name, object Value)[] fields) : IReadOnlyList<KeyValuePair<string, object>>
    {
        public int Count => fields.Length;

        public KeyValuePair<string, object> this[int index] => KeyValuePair.Create(fields[index].Name, fields[index].Value);

        public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => string.Join(' ', fields.Select(f => $"{f.Name}={f.Value}"));
    }
}
