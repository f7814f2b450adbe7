using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>One unit of work of a stage, as the stage itself planned it.</summary>
/// <param name="Label">For people: <c>frames 16-31</c>, <c>steps 100-199</c>.</param>
/// <param name="Frames">The frames it writes, where the unit is a frame chunk.</param>
/// <param name="AfterPrevious">The task starts only after the stage's previous task was accepted (a chain of chunks).</param>
/// <param name="Needs">What it occupies on a node; null for the usual of its pool.</param>
public sealed record PlannedTask(string Label, FrameRange? Frames = null, bool AfterPrevious = false, ResourceRequest? Needs = null);
