namespace Depth3D.Pipeline.Storage;

/// <summary>A look at files; tests put a slow or stale file system behind it.</summary>
internal interface IFileView
{
    /// <returns>Null where there is no such file, or the file system has lost it for the moment.</returns>
    long? LengthOf(string path);

    /// <summary>Makes a network file system ask its server again what is in a folder.</summary>
    void Reopen(string folder);
}
