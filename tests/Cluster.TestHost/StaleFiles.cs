using System.Collections.Concurrent;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.TestHost;

/// <summary>A shared file system that does not show a file before it was asked for so many times, and then only after its folder was opened anew.</summary>
public sealed class StaleFiles(int looks) : IFileView
{
    /// <summary>Environment variable of workers: how many looks at each file find nothing; and after how many seconds a reader gives up.</summary>
    public const string Variable = "TOY_STALE", Longest = "TOY_STALE_SECONDS";

    private readonly ConcurrentDictionary<string, int> _looked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _opened = new(StringComparer.Ordinal);

    public long? LengthOf(string path)
    {
        var look = _looked.AddOrUpdate(path, 1, (_, before) => before + 1);
        return look > looks && _opened.ContainsKey(Path.GetDirectoryName(path)!) ? FileView.Instance.LengthOf(path) : null;
    }

    public void Reopen(string folder)
    {
        _opened[folder] = true;
        FileView.Instance.Reopen(folder);
    }

    public static Visibility Visibility() => ToySettings.Number(Variable) is { } looks
        ? new Visibility(TimeSpan.FromSeconds(ToySettings.Number(Longest) ?? 30)) { Files = new StaleFiles(looks) }
        : Pipeline.Storage.Visibility.Shared;
}
