using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>What to say of a published file that does not hold what its stage writes: no option of the user's can be the cause.</summary>
public static class DamagedArtifact
{
    /// <param name="what">What was found, and what was expected.</param>
    public static Depth3DException At(string path, string what, Exception? inner = null) => new(what, path,
        "the output folder was changed from outside or made by another version: run again with --fresh", FailureKind.Storage, inner);
}
