using System.Globalization;
using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>Names one task: the stage and the dense zero-based index of the task within it. Written <c>flow/003</c>.</summary>
[JsonConverter(typeof(TaskIdJsonConverter))]
public readonly record struct TaskId(StageName Stage, int TaskIndex)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage}/{TaskIndex:000}");

    public static TaskId Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new TaskId(text[..slash], index)
            : throw new Depth3DException($"'{text}' is not a task id; expected e.g. flow/003", kind: FailureKind.Usage);
    }
}
