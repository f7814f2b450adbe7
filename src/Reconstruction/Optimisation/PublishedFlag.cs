namespace Depth3D.Reconstruction.Optimisation;

/// <summary>One flag of the published train command (spec 5), or of this program's own beside them.</summary>
/// <param name="Published">Its value in the published runs; <c>-</c> where it was not given or does not exist there.</param>
/// <param name="Default">Its value here when it is not set.</param>
/// <param name="Effect">What it does; where it does nothing, why.</param>
public sealed record PublishedFlag(string Name, string Published, string Default, string Effect)
{
    /// <summary>Null where the flag is accepted and does nothing (ledger 19).</summary>
    internal Func<NetworkSettings, FlagValue, NetworkSettings>? Set { get; init; }

    public bool HasEffect => Set is not null;
}
