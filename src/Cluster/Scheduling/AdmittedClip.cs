using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A clip in progress, as admission sees it.</summary>
/// <param name="Terms">Its terms.</param>
/// <param name="At">When it was admitted; null when that was before it became known.</param>
/// <param name="Planning">The pool of the stage that is being planned first; null behind that.</param>
/// <param name="Later">Bits of the pools in which it has had no tasks yet.</param>
internal sealed record AdmittedClip(ClipTerms Terms, DateTimeOffset? At, WorkerPool? Planning, int Later);
