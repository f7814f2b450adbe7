using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Operations;

/// <summary>What any seed can read, active or not: the journal, the store, the news.</summary>
public sealed class SeedFiles(IActiveCoordinator seed, IJournal journal, ArtifactStore store, NewsBook news, TimeProvider time)
{
    public IActiveCoordinator Seed => seed;

    public IJournal Journal => journal;

    public ArtifactStore Store => store;

    public NewsBook News => news;

    public TimeProvider Time => time;

    /// <summary>The clip as the active coordinator holds it, or as the journal has it.</summary>
    /// <exception cref="Depth3DException">No clip of this name was submitted.</exception>
    public async Task<ClipState> StateAsync(ClipId clip, CancellationToken cancellation)
    {
        var state = seed.Coordinator is { } active
            ? await active.Clips.StateAsync(clip, cancellation).ConfigureAwait(false)
            : (await LoadedClip.OfAsync(journal, clip, cancellation).ConfigureAwait(false)).State;
        return state.Phase == ClipPhase.None ? throw Unknown(clip) : state;
    }

    internal static Depth3DException Unknown(ClipId clip) => new("there is no such clip", clip.Value, "run: depth3d clip list", FailureKind.BadInput);
}
