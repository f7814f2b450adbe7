namespace Depth3D.Messages;

/// <summary>
/// What an accepted task left behind. The files lie in <c>&lt;clip&gt;/&lt;stage&gt;/&lt;task&gt;/e&lt;epoch&gt;/</c> under the
/// store's root; the manifest names the epoch, so a late writer of an older one changes nothing.
/// </summary>
public sealed record ArtifactManifest(ClipId Clip, TaskId Task, long Epoch, IReadOnlyList<ArtifactFile> Files);
