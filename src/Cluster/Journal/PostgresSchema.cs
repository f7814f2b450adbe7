using Depth3D.Messages;
using Npgsql;

namespace Depth3D.Cluster.Journal;

/// <summary>The tables of the PostgreSQL journal, step by step, so that a database of an earlier version is brought up to date when opened.</summary>
internal static class PostgresSchema
{
    /// <summary>Any number: it keeps two seeds that start at once from making the same tables.</summary>
    private const long AdvisoryLock = 0x64657074683364;

    // Names sort by byte, as they do in memory and in SQLite.
    private static readonly string[] Steps =
    [
        """
        create table clip(clip text collate "C" primary key, seq bigint not null, phase text not null, submit_key text, summary text);
        create unique index clip_submit_key on clip(submit_key) where submit_key is not null;
        create index clip_phase on clip(phase);
        create table journal(clip text collate "C" not null, seq bigint not null, event text not null, primary key (clip, seq));
        create table shard(shard int primary key, epoch bigint not null, owner text not null, since text not null);
        create table snapshot(clip text collate "C" primary key, seq bigint not null, version int not null, state text not null);
        create table node(node text collate "C" primary key, cordoned int not null, said_by text not null, why text not null, at text not null);
        create table audit(id bigint generated always as identity primary key, at text not null, said_by text not null, why text not null,
            what text not null, place text not null, outcome text not null);
        """,
    ];

    public static async Task ApplyAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        var sql = new SqlSession(connection);
        await sql.InTransactionAsync(async () =>
        {
            await sql.RunAsync("select pg_advisory_xact_lock(@lock)", cancellation, ("@lock", AdvisoryLock)).ConfigureAwait(false);
            await sql.RunAsync("create table if not exists journal_version(version int not null)", cancellation).ConfigureAwait(false);
            var version = await sql.ScalarAsync<int>("select coalesce(max(version), 0) from journal_version", cancellation).ConfigureAwait(false);
            if (version > Steps.Length)
                throw new Depth3DException("the journal was written by a newer version", "journal", "update depth3d", FailureKind.Storage);
            for (; version < Steps.Length; version++)
            {
                await sql.RunAsync(Steps[version], cancellation).ConfigureAwait(false);
                await sql.RunAsync("insert into journal_version(version) values (@version)", cancellation, ("@version", version + 1)).ConfigureAwait(false);
            }

            return true;
        }, cancellation).ConfigureAwait(false);
    }
}
