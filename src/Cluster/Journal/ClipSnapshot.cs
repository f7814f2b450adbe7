namespace Depth3D.Cluster.Journal;

/// <summary>A clip's state at one place of its stream, as text.</summary>
/// <param name="Sequence">The last event it contains.</param>
/// <param name="Version">Version of the text's format; a reader that does not know it replays the whole stream.</param>
/// <param name="State">The state.</param>
public sealed record ClipSnapshot(long Sequence, int Version, string State);
