namespace Depth3D.Pipeline.Loops;

/// <summary>Something that was chosen from the clip, for the report.</summary>
/// <param name="Name">What: <c>near</c>, <c>period</c>, <c>reference views</c>.</param>
/// <param name="Value">As people read it.</param>
/// <param name="Reason">From what it follows.</param>
public sealed record LoopChoice(string Name, string Value, string Reason);
