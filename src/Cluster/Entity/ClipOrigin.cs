using System.Collections.Immutable;

namespace Depth3D.Cluster.Entity;

/// <summary>What of a clip never changes after it was submitted, kept apart so that an event does not copy it.</summary>
/// <param name="Recipe">Name of the stage graph.</param>
/// <param name="OptionsJson">The clip's options.</param>
/// <param name="InputHash">Hash over everything outside the store that it reads.</param>
/// <param name="Project">Whose share it takes; empty for none.</param>
/// <param name="Key">The submission's own key; null for none.</param>
/// <param name="By">Who submitted it.</param>
/// <param name="SubmittedAt">When; null before.</param>
/// <param name="Specs">The graph, every stage after its inputs.</param>
internal sealed record ClipOrigin(
    string Recipe, string OptionsJson, string InputHash, string Project, string? Key, string By, DateTimeOffset? SubmittedAt, ImmutableArray<StageSpec> Specs)
{
    public static readonly ClipOrigin None = new("", "", "", "", null, "", null, []);
}
