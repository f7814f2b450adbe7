namespace Depth3D.Messages;

/// <summary>
/// How a worker learns what a task may read where one message would be too long: a clip of thousands of frames has tens of thousands of
/// files. Grants and plans then name whole stages, and the worker asks for each page by page, once per stage. Guarantee: at most once;
/// asking again is harmless, since a page of one revision never changes.
/// </summary>
public static class InputProtocol
{
    /// <summary>All accepted files of a stage, to be asked for.</summary>
    /// <param name="Stage">The stage; it is complete.</param>
    /// <param name="Revision">Says which state of the stage is meant: what was fetched under it stays valid.</param>
    public sealed record StageInputs(StageName Stage, string Revision);

    /// <summary>Worker to coordinator.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="Stage">The stage whose manifests are wanted.</param>
    /// <param name="FromTask">Index of the first task wanted; 0, then <see cref="Page.NextTask"/>.</param>
    public sealed record Ask(ClipId Clip, StageName Stage, int FromTask);

    /// <summary>The answer.</summary>
    /// <param name="Manifests">Accepted manifests by task index.</param>
    /// <param name="NextTask">Where the next page begins; null after the last.</param>
    /// <param name="Refusal">Why there is nothing.</param>
    public sealed record Page(IReadOnlyList<ArtifactManifest> Manifests, int? NextTask, Refusal? Refusal = null);
}
