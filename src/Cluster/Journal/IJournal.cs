using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The truth about every clip: an append-only stream of events per clip. An append names the sequence it builds on; if the stream
/// has moved on, it is refused as a whole, so of two owners of one clip only one can write.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Appends events as <c>expectedSequence + 1, ...</c>, all or none, and returns the new sequence once they are on the disk.</summary>
    /// <param name="clip">The stream.</param>
    /// <param name="expectedSequence">The last sequence this writer knows; 0 for a new stream.</param>
    /// <param name="events">At least one event.</param>
    /// <param name="phase">The clip's phase after the events, kept for <see cref="ListAsync"/>.</param>
    /// <exception cref="JournalConflictException">Another owner appended meanwhile.</exception>
    Task<long> AppendAsync(ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipPhase phase, CancellationToken cancellation);

    /// <summary>All events of a clip in order; empty for a clip never submitted.</summary>
    Task<IReadOnlyList<ClipEvent>> LoadAsync(ClipId clip, CancellationToken cancellation);

    /// <summary>Every clip with its phase, by name in ordinal order.</summary>
    Task<IReadOnlyList<JournalClip>> ListAsync(CancellationToken cancellation);

    /// <summary>Forgets a clip.</summary>
    Task DeleteAsync(ClipId clip, CancellationToken cancellation);
}
