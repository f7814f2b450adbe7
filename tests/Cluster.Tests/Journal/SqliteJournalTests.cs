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
    public async Task A_journal_of_the_first_version_is_brought_up_to_date_and_one_of_a_later_version_is_refused()
    {
        var clip = new ClipId("old");
        Run("""
            create table clip(clip text primary key, seq integer not null, phase text not null);
            create table journal(clip text not null, seq integer not null, event text not null, primary key (clip, seq)) without rowid;
            insert into clip values ('old', 1, 'Running');
            insert into journal values ('old', 1, '{"event":"clip-submitted","At":"2030-01-01T00:00:00+00:00","Recipe":"depth","Stages":[],"OptionsJson":"{}","InputHash":"h"}');
            """);
        await using (var journal = await OpenAsync())
        {
            Assert.Equal(new JournalClip(clip, 1, new ClipSummary(ClipPhase.Running)), Assert.Single(await journal.UnfinishedAsync(default)));
            var state = ClipEntity.Replay(await journal.LoadAsync(clip, default));
            Assert.Equal(("depth", "", 0, 1), (state.Recipe, state.Project, state.Priority, state.Weight));
            var owner = await AcquireAsync(journal);
            await journal.AppendAsync(owner.Of(clip), clip, 1, [new ClipEvent.Completed(default)], new ClipSummary(ClipPhase.Completed), default);
        }

        await using (var journal = await OpenAsync()) Assert.Empty(await journal.UnfinishedAsync(default));
        Run("pragma user_version = 99");
        Assert.Contains("newer version", (await Assert.ThrowsAsync<Depth3DException>(OpenAsync)).Message, StringComparison.Ordinal);
    }

    protected override Task DamageAsync(string sql)
    {
        Assert.Equal(1, Run(sql));
        return Task.CompletedTask;
    }

    protected override Task<IJournal> OpenAsync() => Task.Run(IJournal () => SqliteJournal.Open(Database));

    private int Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
