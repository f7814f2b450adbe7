using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Microsoft.Data.Sqlite;

namespace Depth3D.Cluster.Tests.Journal;

public sealed class SqliteJournalTests : JournalContract, IDisposable
{
    private readonly TempFolder _folder = new();

    private string Database => _folder.At("journal.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("this is not a database, but long enough to look like one file with a header")]
    [InlineData("SQLite format 3\0 and then nothing sensible follows in the rest of the header of this file, which is longer than 100 bytes")]
    public async Task A_file_that_is_no_journal_is_refused_with_a_way_out(string content)
    {
        File.WriteAllText(Database, content);
        var error = await Assert.ThrowsAsync<Depth3DException>(OpenAsync);
        Assert.Equal(FailureKind.Storage, error.Kind);
        Assert.Contains("delete it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_or_unknown_event_is_found_when_reading()
    {
        var clip = new ClipId("x");
        await using (var journal = await OpenAsync())
        {
            var owner = await journal.AcquireAsync(1, "test", default, default);
            await journal.AppendAsync(owner.Of(clip), clip, 0, [.. Enumerable.Repeat(new ClipEvent.Cancelled(default, "why"), 3)],
                new ClipSummary(ClipPhase.Running), default);
        }


        Change("update journal set event = '{\"event\":\"from-the-future\"}' where seq = 3");
        await using (var journal = await OpenAsync())
            Assert.Contains("cannot be read", (await Assert.ThrowsAsync<Depth3DException>(() => journal.LoadAsync(clip, default))).Message, StringComparison.Ordinal);

        Change("delete from journal where seq = 2");
        await using (var journal = await OpenAsync())
            Assert.Contains("lacks event 2", (await Assert.ThrowsAsync<Depth3DException>(() => journal.LoadAsync(clip, default))).Message, StringComparison.Ordinal);
    }

    protected override Task<IJournal> OpenAsync() => Task.Run(IJournal () => SqliteJournal.Open(Database));

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
