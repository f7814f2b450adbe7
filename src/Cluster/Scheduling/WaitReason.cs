namespace Depth3D.Cluster.Scheduling;

/// <summary>One reason why something does not run.</summary>
/// <param name="Subject">The clip, stage or task.</param>
/// <param name="Code">For programs.</param>
/// <param name="Text">What it waits for.</param>
/// <param name="Remedy">What would help; empty when waiting does.</param>
public sealed record WaitReason(string Subject, WaitCode Code, string Text, string Remedy = "");
