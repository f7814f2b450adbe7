using System.Globalization;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// Holds a store for one process. The kernel drops the lock with the process, however it ends, so a lock that is free means that
/// its last owner is gone. The file stays and names the owner's process id for the refusal of a second one.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="Depth3DException">Another process holds the store.</exception>
    public static StoreLock Take(string path)
    {
        var file = new FileStream(Posix.OpenUnlocked(path), FileAccess.ReadWrite, bufferSize: 0);
        try
        {
            if (!Posix.TryLock(file.SafeFileHandle, path)) throw Held(file, path);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
            file.Flush();
            return new StoreLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static Depth3DException Held(FileStream file, string path)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var pid = reader.ReadToEnd().Trim();
        return new Depth3DException($"the store is in use by process {(pid.Length > 0 ? pid : "(unknown)")}",
            Path.GetDirectoryName(Path.GetDirectoryName(path)), "wait for it to end, stop it, or choose another --out", FailureKind.Storage);
    }
}
