using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Something to show about a clip: an event of its journal, or progress of a running task.</summary>
public abstract record ClipUpdate(ClipId Clip)
{
    /// <summary>An event that is now in the journal.</summary>
    public sealed record Happened(ClipId Clip, ClipEvent Event) : ClipUpdate(Clip);

    /// <param name="Clip">The clip.</param>
    /// <param name="Task">The running task.</param>
    /// <param name="Epoch">Its attempt.</param>
    /// <param name="Fraction">0 to 1, never falling within an attempt.</param>
    /// <param name="Message">What it is doing.</param>
    public sealed record Progressed(ClipId Clip, TaskId Task, long Epoch, double Fraction, string? Message) : ClipUpdate(Clip);
}
