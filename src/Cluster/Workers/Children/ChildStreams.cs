using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>
/// Moves the protocol off standard input and output, so that a library that prints, or a program that reads, cannot disturb it, and puts
/// the process into a session of its own, so that the node can end it with all it starts.
/// </summary>
internal static partial class ChildStreams
{
    private const int DuplicateCloseOnExec = 1030;
    private const int FirstFree = 3;
    private const int ReadWrite = 2;

    public static (TextReader Orders, TextWriter Words) Take()
    {
        _ = SetSession(); // refused only to who leads one already
        var orders = Private(0);
        var words = Private(1);
        var nothing = Open("/dev/null", ReadWrite);
        Replace(nothing, 0);
        Replace(2, 1);
        return (new StreamReader(new FileStream(orders, FileAccess.Read, bufferSize: 0), new UTF8Encoding(false)),
            new StreamWriter(new FileStream(words, FileAccess.Write, bufferSize: 0), new UTF8Encoding(false)));
    }

    private static SafeFileHandle Private(int descriptor)
    {
        var copy = Control(descriptor, DuplicateCloseOnExec, FirstFree);
        return copy >= 0 ? new SafeFileHandle(copy, ownsHandle: true) : throw Failed("fcntl");
    }

    private static void Replace(int from, int to)
    {
        if (from < 0 || Duplicate(from, to) < 0) throw Failed("dup2");
    }

    private static IOException Failed(string call) => new($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
