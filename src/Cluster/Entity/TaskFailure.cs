using Depth3D.Messages;

namespace Depth3D.Cluster.Entity;

/// <summary>A failed attempt of a task, kept until the task is accepted or forgiven.</summary>
/// <param name="Epoch">Which attempt.</param>
/// <param name="Worker">Who ran it.</param>
/// <param name="Kind">How it failed.</param>
/// <param name="Text">What, where, and what to do.</param>
/// <param name="LogTail">Last lines of its log.</param>
/// <param name="Rung">The step of the memory ladder it ran at.</param>
/// <param name="PauseUntil">Until when workers that failed the task do not get it again; null for at once.</param>
public sealed record TaskFailure(long Epoch, string Worker, FailureKind Kind, string Text, string LogTail, int Rung, DateTimeOffset? PauseUntil = null);
