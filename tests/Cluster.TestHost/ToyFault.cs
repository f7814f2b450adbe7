using Depth3D.Messages;

namespace Depth3D.Cluster.TestHost;

/// <summary>What shall go wrong in a worker's tasks, written <c>KIND:CLIP:TASK[:ARGUMENT]</c> with * for any clip or task.</summary>
/// <param name="Kind">See <see cref="ToyFaults"/>.</param>
/// <param name="Clip">Name, or *.</param>
/// <param name="Task">As in <c>learn/001</c>, a stage's name, or *.</param>
/// <param name="Argument">What the kind says it is.</param>
public sealed record ToyFault(string Kind, string Clip, string Task, string Argument)
{
    /// <summary>Reads several, with commas between.</summary>
    public static IReadOnlyList<ToyFault> Parse(string? text) => string.IsNullOrEmpty(text) ? [] : [.. text.Split(',').Select(one =>
    {
        var parts = one.Split(':', 4);
        return new ToyFault(parts[0], parts[1], parts[2], parts.Length > 3 ? parts[3] : "");
    })];

    public bool IsFor(ClipId clip, TaskId task) =>
        (Clip == "*" || Clip == clip.Value) && (Task == "*" || Task == $"{task}" || Task == task.Stage.Value);
}
