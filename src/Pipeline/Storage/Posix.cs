using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Depth3D.Pipeline.Storage;

/// <summary>The calls of the C library that .NET does not offer: flushing a folder's entries, and an advisory lock on a file.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Directory = 0x10000;
    private const int CloseOnExec = 0x80000;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int WouldBlock = 11;

    /// <summary>Makes the names in a folder durable, as fsync of a file does for its bytes.</summary>
    public static void FlushFolder(string path)
    {
        var descriptor = Open(path, ReadOnly | Directory | CloseOnExec, 0);
        if (descriptor < 0) throw Failed("open", path);
        try
        {
            if (Fsync(descriptor) != 0) throw Failed("fsync", path);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Opens or makes a file without the lock that .NET's own open takes.</summary>
    public static SafeFileHandle OpenUnlocked(string path)
    {
        var descriptor = Open(path, ReadWrite | Create | CloseOnExec, 0x1A4 /* rw-r--r-- */);
        return descriptor < 0 ? throw Failed("open", path) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Takes an exclusive lock that ends with the descriptor, thus also with the process. False when another holds it.</summary>
    public static bool TryLock(SafeHandle file, string path)
    {
        if (Flock(file, Exclusive | NonBlocking) == 0) return true;
        return Marshal.GetLastPInvokeError() == WouldBlock ? false : throw Failed("flock", path);
    }

    private static IOException Failed(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeHandle descriptor, int operation);
}
