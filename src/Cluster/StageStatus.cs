using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>How far a stage is, for a progress display.</summary>
/// <param name="TaskCount">Null until the stage is planned.</param>
/// <param name="Fraction">0 to 1 over all its tasks, running ones with their part.</param>
/// <param name="Message">What its last reporting task is doing.</param>
/// <param name="Elapsed">Time since its first task started in this process; null before.</param>
/// <param name="Remaining">Estimate from the pace so far; null while there is none.</param>
public sealed record StageStatus(
    StageName Stage, int? TaskCount, int DoneCount, int RunningCount, double Fraction, string? Message, TimeSpan? Elapsed, TimeSpan? Remaining)
{
    public bool IsComplete => TaskCount == DoneCount;
}
