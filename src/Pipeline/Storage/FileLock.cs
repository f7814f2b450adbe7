using System.Globalization;
using System.Text;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// An exclusive lock on a file. The kernel drops it with the process, however that ends, so a lock that is free means that its last
/// owner is gone. The file stays and names the owner's process id for whoever is refused.
/// </summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <param name="path">Made when missing; its folder must exist.</param>
    /// <param name="holder">Process id of who holds it, when another does; empty when it does not say.</param>
    /// <returns>The lock; null when another process holds it.</returns>
    public static FileLock? TryTake(string path, out string holder)
    {
        holder = "";
        var file = new FileStream(Posix.OpenUnlocked(path), FileAccess.ReadWrite, bufferSize: 0);
        try
        {
            if (Posix.TryLock(file.SafeFileHandle, path))
            {
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
                file.Flush();
                return new FileLock(file);
            }

            using var reader = new StreamReader(file, leaveOpen: true);
            holder = reader.ReadToEnd().Trim();
            file.Dispose();
            return null;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
