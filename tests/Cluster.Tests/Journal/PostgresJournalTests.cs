using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Npgsql;

namespace Depth3D.Cluster.Tests.Journal;

public sealed class PostgresJournalTests : JournalContract, IAsyncLifetime
{
    private string _database = "";

    public async Task InitializeAsync() => _database = await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=y;Timeout=2")]
    [InlineData("Host=127.0.0.1;Nonsense=1")]
    public async Task A_server_that_cannot_be_reached_is_an_error_in_words(string connection)
    {
        var error = await Assert.ThrowsAsync<Depth3DException>(() => PostgresJournal.OpenAsync(connection, default));
        Assert.Equal(ExitCode.Storage, error.ExitCode);
    }

    [Fact]
    public async Task Seeds_that_start_at_once_make_the_tables_once_and_a_later_version_is_refused()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));
        foreach (var journal in journals)
        {
            await AcquireAsync(journal);
            await journal.DisposeAsync();
        }

        await DamageAsync("update journal_version set version = 99");
        Assert.Contains("newer version", (await Assert.ThrowsAsync<Depth3DException>(OpenAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_killed_loses_nothing_it_has_confirmed()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var journal = await PostgresJournal.OpenAsync(await server.CreateDatabaseAsync(), default);
        var owner = await AcquireAsync(journal);
        await AppendAsync(journal, owner, 0, [new ClipEvent.Resumed(default, "before")]);
        server.Kill();
        var error = await Assert.ThrowsAsync<Depth3DException>(() => AppendAsync(journal, owner, 1, [new ClipEvent.Resumed(default, "while down")]));
        Assert.Equal(FailureKind.Storage, error.Kind);
        server.Start();
        Assert.Equal(2, await AppendAsync(journal, owner, 1, [new ClipEvent.Resumed(default, "after")]));
        Assert.Equal(["before", "after"], (await journal.LoadAsync(new ClipId("clip-1"), default)).Cast<ClipEvent.Resumed>().Select(e => e.Reason));
    }

    protected override async Task<IJournal> OpenAsync() => await PostgresJournal.OpenAsync(_database, default);

    protected override async Task DamageAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
