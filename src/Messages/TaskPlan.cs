namespace Depth3D.Messages;

/// <summary>One unit of work as a stage planned it, in the form that messages and the journal carry.</summary>
/// <param name="Label">For people: <c>frames 16-31</c>.</param>
/// <param name="FirstFrame">First frame the task writes, where the unit is a frame chunk.</param>
/// <param name="FrameCount">Number of those frames.</param>
/// <param name="AfterPrevious">The task starts only after the stage's previous task was accepted (a chain of chunks).</param>
/// <param name="Needs">What it occupies; null for one core and no GPU.</param>
public sealed record TaskPlan(string Label, int? FirstFrame = null, int? FrameCount = null, bool AfterPrevious = false, ResourceRequest? Needs = null);
