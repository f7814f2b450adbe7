using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>How far a clip is, for a progress display. Stages are in recipe order.</summary>
public sealed record ClipStatus(ClipId Clip, ClipPhase Phase, IReadOnlyList<StageStatus> Stages, string? Failure);
