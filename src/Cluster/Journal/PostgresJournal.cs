using System.Data.Common;
using Depth3D.Messages;
using Npgsql;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The journal of a cluster, in PostgreSQL. An append is one statement: it holds the shard's row in share mode, so that whoever acquires
/// the shard waits for it, and an append that comes after finds another epoch and stores nothing.
/// </summary>
public sealed class PostgresJournal : AdoJournal
{
    private const string AppendSql = """
        with owner as (select 1 from shard where shard = @shard and epoch = @epoch for share),
        head as (
            insert into clip(clip, seq, phase, submit_key, summary)
            select @clip, @to, @phase, @key, @summary where @from = 0 and exists (select 1 from owner)
            on conflict (clip) do nothing
            returning clip),
        moved as (
            update clip set seq = @to, phase = @phase, submit_key = @key, summary = @summary
            where @from > 0 and clip = @clip and seq = @from and exists (select 1 from owner)
            returning clip)
        insert into journal(clip, seq, event)
        select @clip, @from + n, line from unnest(@events) with ordinality as lines(line, n)
        where exists (select 1 from head) or exists (select 1 from moved)
        """;

    private readonly NpgsqlDataSource _source;

    private PostgresJournal(NpgsqlDataSource source) => _source = source;

    private protected override string? LockShardsSql => "lock table shard in share row exclusive mode";

    private protected override string ForShare => "for share";

    private protected override string AcquireSql => """
        insert into shard(shard, epoch, owner, since) select wanted, (select coalesce(max(epoch), 0) + 1 from shard), @owner, @now from generate_series(0, @shards - 1) as wanted
        on conflict (shard) do update set epoch = excluded.epoch, owner = excluded.owner, since = excluded.since
        """;

    /// <summary>Opens the journal and makes its tables where they are missing.</summary>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=...;Database=...;Username=...;Password=...</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Depth3DException">The server cannot be reached, or refuses.</exception>
    public static async Task<PostgresJournal> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        NpgsqlDataSource? source = null;
        try
        {
            source = NpgsqlDataSource.Create(connectionString);
            await PostgresSchema.ApplyAsync(source, cancellation).ConfigureAwait(false);
            return new PostgresJournal(source);
        }
        catch (Exception e) when (e is DbException or ArgumentException or Depth3DException)
        {
            if (source is not null) await source.DisposeAsync().ConfigureAwait(false);
            throw e is Depth3DException ? e : Refused(e, "journal");
        }
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private protected override Task<long> AppendAsync(Append append, CancellationToken cancellation) => WithAsync(append.Clip.Value, async sql =>
    {
        try
        {
            var stored = await sql.RunAsync(AppendSql, cancellation, ("@shard", append.Owner.Shard), ("@epoch", append.Owner.Epoch),
                ("@clip", append.Clip.Value), ("@from", append.From), ("@to", append.To), ("@phase", append.Summary.Phase.ToString()),
                ("@key", append.Summary.Key), ("@summary", SummaryCodec.Write(append.Summary)), ("@events", append.Events)).ConfigureAwait(false);
            if (stored == append.Events.Length) return append.To;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new JournalConflictException(append.Clip, append.From, e);
        }

        await CheckOwnerAsync(sql, append.Clip, append.Owner, cancellation).ConfigureAwait(false);
        throw new JournalConflictException(append.Clip, append.From);
    }, cancellation);

    private protected override async Task<T> WithAsync<T>(string where, Func<SqlSession, Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await action(new SqlSession(connection)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw Refused(e, where);
        }
    }

    private static Depth3DException Refused(Exception e, string where) => new(
        $"the journal failed: {e.Message}", where, "check that PostgreSQL runs and that the connection string is right", FailureKind.Storage, e);
}
