namespace Depth3D.Cluster.Scheduling;

/// <summary>What a clip may claim of the cluster.</summary>
/// <param name="Project">Clips of one project share what the project gets.</param>
/// <param name="Priority">Higher goes first, always.</param>
/// <param name="Weight">Share among the clips of its project.</param>
public sealed record ClipTerms(string Project = "", int Priority = 0, int Weight = 1);
