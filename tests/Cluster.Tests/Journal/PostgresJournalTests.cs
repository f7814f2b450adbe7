using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Journal;

namespace Depth3D.Cluster.Tests.Journal;

public sealed class PostgresJournalTests : JournalContract, IAsyncLifetime
{
    private string _database = "";

    public async Task InitializeAsync() => _database = await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    protected override async Task<IJournal> OpenAsync() => await PostgresJournal.OpenAsync(_database, default);
}
