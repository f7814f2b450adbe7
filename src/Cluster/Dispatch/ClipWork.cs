using Depth3D.Messages;

namespace Depth3D.Cluster.Dispatch;

/// <summary>A clip's claim on one pool, at one moment.</summary>
/// <param name="Priority">Higher goes first, always.</param>
/// <param name="Weight">Share among clips of the same priority.</param>
/// <param name="Pass">Tasks released so far over the weight: who is lowest is served next.</param>
/// <param name="Ready">Tasks that can be claimed and were not released yet, in the order they should run.</param>
public sealed record ClipWork(ClipId Clip, int Priority, int Weight, double Pass, IReadOnlyList<TaskId> Ready);
