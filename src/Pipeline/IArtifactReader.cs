using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>Reads what the accepted tasks of earlier stages of the same clip left behind. File names are unique per stage.</summary>
public interface IArtifactReader
{
    /// <summary>Absolute path of a file that an accepted task of <paramref name="stage"/> published.</summary>
    /// <exception cref="Depth3DException">No accepted task published it.</exception>
    string PathOf(StageName stage, string fileName);

    bool Exists(StageName stage, string fileName);

    /// <summary>Every file of a stage's accepted tasks, by name in ordinal order.</summary>
    IReadOnlyList<ArtifactFile> List(StageName stage);
}
