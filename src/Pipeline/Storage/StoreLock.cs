using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>Holds a store for one process.</summary>
public static class StoreLock
{
    /// <exception cref="Depth3DException">Another process holds the store.</exception>
    public static FileLock Take(string path) => FileLock.TryTake(path, out var holder) ?? throw new Depth3DException(
        $"the store is in use by process {(holder.Length > 0 ? holder : "(unknown)")}",
        Path.GetDirectoryName(Path.GetDirectoryName(path)), "wait for it to end, stop it, or choose another --out", FailureKind.Storage);
}
