using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>What goes along with a result: earlier results of its clip and hints to claim. Each must be answered, whatever becomes of the message.</summary>
internal sealed record Along(IReadOnlyList<HeldResult> Results, IReadOnlyList<HeldHint> Hints)
{
    public static Along Nothing { get; } = new([], []);

    public bool IsNothing => Results.Count == 0 && Hints.Count == 0;

    /// <summary>The message that says all of it.</summary>
    /// <param name="first">The result that takes the others along.</param>
    /// <param name="node">Who claims.</param>
    /// <param name="time">The clock by which results were held.</param>
    public TaskProtocol.Done With(TaskProtocol.Done first, NodeId node, TimeProvider time) => first with
    {
        Next = Hints.Count == 0 ? null : new(node.Value, [.. Hints.Select(h => h.Message.Task)]),
        More = Results.Count == 0 ? null : [.. Results.Select(r => r.Message with { SecondsAgo = time.GetElapsedTime(r.Computed).TotalSeconds })],
    };

    /// <param name="answer">Null where none came; an older coordinator answers nothing of what went along.</param>
    public void Answered(TaskProtocol.Answer? answer)
    {
        for (var i = 0; i < Results.Count; i++) Results[i].Answered(answer?.More?.ElementAtOrDefault(i));
        for (var i = 0; i < Hints.Count; i++) Hints[i].Answered(answer?.Next?.ElementAtOrDefault(i));
    }
}
