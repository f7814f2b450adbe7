using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>One command on its way through the active coordinator.</summary>
internal sealed record OperatorCall(ActiveCoordinator Cluster, OperatorHandler Desk, CommandDefinition Command, CommandArguments Arguments, Actor Actor)
{
    public ClipId Clip => Arguments.Clip()!.Value;

    public DateTimeOffset Now => Cluster.Clock.Now;

    /// <summary>The clip's state.</summary>
    /// <exception cref="Depth3DException">No clip of this name was submitted.</exception>
    public async Task<ClipState> StateAsync(CancellationToken cancellation)
    {
        var state = await Cluster.Clips.StateAsync(Clip, cancellation).ConfigureAwait(false);
        return state.Phase == ClipPhase.None ? throw SeedFiles.Unknown(Clip) : state;
    }
}
