using System.Globalization;
using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>What an operator's command is about: a whole clip, one of its stages or one task. Written <c>*</c>, <c>flow</c>, <c>flow/003</c>.</summary>
[JsonConverter(typeof(ClipPartJsonConverter))]
public readonly record struct ClipPart
{
    private const string WholeText = "*";

    /// <summary>The whole clip.</summary>
    public static readonly ClipPart Whole;

    private ClipPart(StageName? stage, int? taskIndex) => (Stage, TaskIndex) = (stage, taskIndex);

    /// <summary>Null for the whole clip.</summary>
    public StageName? Stage { get; }

    /// <summary>Null for a whole stage.</summary>
    public int? TaskIndex { get; }

    public bool IsWhole => Stage is null;

    /// <summary>Set when it is one task.</summary>
    public TaskId? Task => Stage is { } stage && TaskIndex is { } index ? new TaskId(stage, index) : null;

    public static ClipPart Of(StageName stage) => new(stage, null);

    public static ClipPart Of(TaskId task) => new(task.Stage, task.TaskIndex);

    /// <exception cref="Depth3DException">The text is none of the three forms.</exception>
    public static ClipPart Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == WholeText) return Whole;
        return text.Contains('/', StringComparison.Ordinal) ? Of(TaskId.Parse(text)) : Of(new StageName(text));
    }

    public bool Contains(StageName stage) => Stage is null || (Stage == stage && TaskIndex is null);

    public bool Contains(TaskId task) => Stage is null || (Stage == task.Stage && (TaskIndex is null || TaskIndex == task.TaskIndex));

    public override string ToString() => Stage is null ? WholeText
        : TaskIndex is null ? Stage.Value.Value
        : string.Create(CultureInfo.InvariantCulture, $"{Stage}/{TaskIndex:000}");
}
