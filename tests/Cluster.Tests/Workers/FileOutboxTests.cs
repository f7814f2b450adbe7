using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class FileOutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static readonly Report[] Reports =
    [
        new Report.Done(new(new ClipId("a"), new TaskId("flow", 3), 2, [new ArtifactFile("sub/x.bin", 7, "00ff")])),
        new Report.Failed(new(new ClipId("a"), new TaskId("flow", 4), 1, FailureKind.OutOfMemory, "too much", "line 1\nline 2", 5L << 30)),
        new Report.Released(new(new ClipId("b"), new TaskId("train", 0), 9, "its node drains")),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_put_is_there_after_a_restart_until_it_is_removed()
    {
        var outbox = Open();
        foreach (var report in Reports) outbox.Put(report, isDear: report is Report.Done);
        var again = Open();
        Assert.Equal(Reports.Select(r => r.Attempt).ToHashSet(), again.Pending.Select(r => r.Attempt).ToHashSet());
        var done = Assert.Single(again.Pending.OfType<Report.Done>()).Message;
        Assert.Equal(new ArtifactFile("sub/x.bin", 7, "00ff"), Assert.Single(done.Files));
        Assert.Contains(Reports[1], again.Pending);
        again.Remove(Reports[1]);
        Assert.Equal(2, Open().Pending.Count);
    }

    [Fact]
    public void Half_a_file_counts_for_nothing_and_a_damaged_one_is_set_aside()
    {
        Open().Put(Reports[2], isDear: true);
        File.WriteAllText(_folder.At("a.flow-000.e1.json.part"), "{\"kind\":\"done\"");
        File.WriteAllText(_folder.At("a.flow-001.e1.json"), "{\"kind\":\"done\",\"Mess");
        File.WriteAllText(_folder.At("a.flow-002.e1.json"), "{\"kind\":\"from-a-newer-version\"}");
        Assert.Equal(Reports[2], Assert.Single(Open().Pending));
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "*.damaged").Length);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
    }

    private FileOutbox Open() => new(_folder.Path, NullLogger.Instance);
}
