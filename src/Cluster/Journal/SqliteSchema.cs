using System.Globalization;
using Depth3D.Messages;
using Microsoft.Data.Sqlite;

namespace Depth3D.Cluster.Journal;

/// <summary>The tables of the SQLite journal, step by step, so that a file of an earlier version is brought up to date when opened.</summary>
internal static class SqliteSchema
{
    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full;";

    private static readonly string[] Steps =
    [
        """
        create table if not exists clip(clip text primary key, seq integer not null, phase text not null);
        create table if not exists journal(clip text not null, seq integer not null, event text not null, primary key (clip, seq)) without rowid;
        """,
        """
        alter table clip add column submit_key text;
        alter table clip add column summary text;
        create unique index clip_submit_key on clip(submit_key) where submit_key is not null;
        create table shard(shard integer primary key, epoch integer not null, owner text not null, since text not null);
        create table snapshot(clip text primary key, seq integer not null, version integer not null, state text not null);
        create table node(node text primary key, cordoned integer not null, said_by text not null, why text not null, at text not null);
        create table audit(id integer primary key autoincrement, at text not null, said_by text not null, why text not null, what text not null,
            place text not null, outcome text not null);
        """,
    ];

    public static void Apply(SqliteConnection connection, string path)
    {
        Run(connection, Pragmas);
        var version = RefuseNewer(connection, path);
        for (; version < Steps.Length; version++)
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"begin; {Steps[version]} pragma user_version = {version + 1}; commit;"));
    }

    /// <returns>The version of the file's tables.</returns>
    public static int RefuseNewer(SqliteConnection connection, string path)
    {
        var version = Version(connection);
        return version <= Steps.Length
            ? version
            : throw new Depth3DException("the journal was written by a newer version", path, "update depth3d", FailureKind.Storage);
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
