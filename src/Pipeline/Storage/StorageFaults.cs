using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>Turns what the file system says into an error a person can act on.</summary>
public static class StorageFaults
{
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int TimedOut = 110;
    private const int HostDown = 112;
    private const int Stale = 116;
    private const int QuotaExceeded = 122;

    /// <summary>True where the disk or the folder refuses, as opposed to a program using it wrongly.</summary>
    public static bool IsRefusal(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e is UnauthorizedAccessException || (e is IOException and not FileNotFoundException && e.HResult is NoSpace or ReadOnlyFileSystem or QuotaExceeded);
    }

    /// <summary>True where a disk has no room left, here or in what caused it.</summary>
    public static bool IsFull(Exception? e) => e is not null && ((e is IOException && e.HResult is NoSpace or QuotaExceeded) || IsFull(e.InnerException));

    /// <summary>True where a shared file system has lost touch with its server or with a file that was replaced: opening anew may do.</summary>
    public static bool IsStale(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e is IOException && e.HResult is Stale or TimedOut or HostDown;
    }

    /// <param name="e">The exception of the file operation.</param>
    /// <param name="what">What was being done: <c>publishing flow/003</c>.</param>
    /// <param name="where">The folder or file.</param>
    public static Depth3DException Explain(Exception e, string what, string where) => new(
        $"{what} failed: {Reason(e)}", where,
        e.HResult is NoSpace or QuotaExceeded ? "free some space and run the same command again; it resumes"
        : IsRefusal(e) ? "make the folder writable or choose another --out, then run the same command again"
        : "run the same command again; if it stays, look at the disk's health",
        IsStale(e) ? FailureKind.Transient : FailureKind.Storage, e);

    private static string Reason(Exception e) => e.HResult switch
    {
        NoSpace => "no space left on the disk",
        ReadOnlyFileSystem => "the file system is read-only",
        QuotaExceeded => "the disk quota is used up",
        Stale => "the shared file system gave a stale file handle",
        _ => e.Message,
    };
}
