namespace Depth3D.Pipeline.Storage;

/// <summary>
/// How long a reader waits for files that another machine has published: a shared file system may show them late, or answer from a
/// handle that is stale.
/// </summary>
/// <param name="Longest">Zero where the files lie on this machine: then one that is missing is missing.</param>
public sealed record Visibility(TimeSpan Longest)
{
    /// <summary>Longest of the pauses between two looks.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    public static Visibility Local { get; } = new(TimeSpan.Zero);

    /// <summary>Outlasts the attribute cache of a network mount with usual options, whose folders are opened anew at every look.</summary>
    public static Visibility Shared { get; } = new(TimeSpan.FromSeconds(30));

    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal IFileView Files { get; init; } = FileView.Instance;

    /// <summary>Waits until a file is there in its recorded length.</summary>
    /// <returns>Null when it is; else what was seen last: -1 for no file.</returns>
    internal long? Await(string path, long bytes)
    {
        var begun = Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var seen = Files.LengthOf(path) ?? -1;
            if (seen == bytes) return null;
            if (seen > bytes || Time.GetElapsedTime(begun) >= Longest) return seen;
            Task.Delay(pause, Time).GetAwaiter().GetResult();
            Files.Reopen(Path.GetDirectoryName(path)!);
        }
    }
}
