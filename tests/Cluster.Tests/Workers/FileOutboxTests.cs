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
    public void The_file_is_empty_where_nothing_waits_and_does_not_grow_for_ever()
    {
        var outbox = Open();
        outbox.Put(Reports[2], isDear: true);
        var tail = new string('x', 1000);
        for (var i = 0; i < 2_000; i++)
        {
            var failed = new Report.Failed(new(new ClipId("a"), new TaskId("flow", i), 1, FailureKind.Transient, "torn", tail, 0));
            outbox.Put(failed, isDear: false);
            outbox.Remove(failed);
        }

        Assert.InRange(new FileInfo(Written).Length, 1, 3 << 19);
        Assert.Equal(Reports[2], Assert.Single(Open().Pending));
        outbox = Open();
        outbox.Remove(Reports[2]);
        Assert.Equal(0, new FileInfo(Written).Length);
        Assert.Empty(Open().Pending);
    }

    [Fact]
    public void Half_a_line_counts_for_nothing()
    {
        Open().Put(Reports[2], isDear: true);
        File.AppendAllText(Written, "{\"Put\":{\"kind\":\"done\",\"Mess");
        Assert.Equal(Reports[2], Assert.Single(Open().Pending));
        Assert.Equal(Reports[2], Assert.Single(Open().Pending));
        Assert.Equal([Written], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("{\"Put\":{\"kind\":\"done\",\"Mess\n")]
    [InlineData("{\"Put\":{\"kind\":\"from-a-newer-version\"}}\n")]
    public void A_damaged_line_is_set_aside_and_costs_no_other(string damaged)
    {
        File.WriteAllText(Written, damaged);
        Assert.Empty(Open().Pending);
        Assert.Equal(damaged, File.ReadAllText(Written + ".damaged"));
        File.WriteAllText(Written, damaged);
        File.AppendAllBytes(Written, OutboxLines.Put(Reports[2]));
        Assert.Equal(Reports[2], Assert.Single(Open().Pending));
    }

    private string Written => _folder.At(FileOutbox.FileName);

    private FileOutbox Open() => new(_folder.Path, NullLogger.Instance);
}
