using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>A clip of this name was begun with something else.</summary>
/// <param name="clip">Its name.</param>
/// <param name="differences">What differs, a line each.</param>
public sealed class SubmissionConflictException(ClipId clip, IReadOnlyList<string> differences) : Depth3DException(
    $"this clip was begun with something else here: {string.Join("; ", differences)}", clip.Value,
    "use the same options to resume, --fresh to discard it and start over, or another --out to keep both", FailureKind.Usage)
{
    public IReadOnlyList<string> Differences { get; } = differences;
}
