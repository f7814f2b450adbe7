using System.Text.Json.Serialization;

namespace Depth3D.Cluster.Entity;

/// <summary>A clip in one line, for lists that must not load every clip.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Project">Which it belongs to; empty for none.</param>
/// <param name="Priority">Higher goes first.</param>
/// <param name="Weight">Share among clips of its project.</param>
/// <param name="IsPaused">The whole clip is paused.</param>
/// <param name="TaskCount">Tasks planned so far.</param>
/// <param name="DoneCount">Those accepted or eaten.</param>
/// <param name="FailedCount">Those failed for good.</param>
/// <param name="SubmittedAt">When; null where an earlier version wrote it.</param>
/// <param name="ChangedAt">When its last event happened.</param>
/// <param name="Key">The submission's key; null for none.</param>
/// <param name="Failure">Why it failed; null unless it did.</param>
public sealed record ClipSummary(
    [property: JsonConverter(typeof(JsonStringEnumConverter<ClipPhase>))] ClipPhase Phase,
    string Project = "", int Priority = 0, int Weight = 1, bool IsPaused = false, int TaskCount = 0, int DoneCount = 0, int FailedCount = 0,
    DateTimeOffset? SubmittedAt = null, DateTimeOffset? ChangedAt = null, string? Key = null, string? Failure = null)
{
    public static ClipSummary Of(ClipState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(state.Phase, state.Project, state.Priority, state.Weight, state.IsPaused,
            state.Specs.Sum(s => state.Stages[s.Name].TaskCount ?? 0), state.Specs.Sum(s => state.Stages[s.Name].DoneCount),
            state.FailedIds.Count, state.SubmittedAt, now, state.Key, state.Failure?.Text);
    }
}
