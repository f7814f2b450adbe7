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

    // struct statx is the same on every architecture (statx(2)): 256 bytes, the mode at offset 28.
    private const int StatxBytes = 256;
    private const int StatxModeOffset = 28;
    private const uint StatxType = 1;
    private const int CurrentFolder = -100;
    private const int TypeMask = 0xF000;
    private const int PlainFile = 0x8000;

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

    /// <summary>Gives a file a second name; false where the file system cannot.</summary>
    public static bool TryLink(string existing, string path) => HardLink(existing, path) == 0;

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

    /// <summary>True for a regular file, links followed; false for pipes, devices, folders and what does not exist.</summary>
    public static unsafe bool IsPlainFile(string path)
    {
        var record = stackalloc byte[StatxBytes];
        return Statx(CurrentFolder, path, 0, StatxType, record) == 0 && (*(ushort*)(record + StatxModeOffset) & TypeMask) == PlainFile;
    }

    private static IOException Failed(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string existing, string path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* record);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeHandle descriptor, int operation);
}
