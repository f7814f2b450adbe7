using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using Depth3D.Messages;
using Microsoft.Data.Sqlite;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The journal of one machine, in the system's SQLite, in write-ahead mode with a flush on every commit: what was appended survives
/// <c>kill -9</c> and a power cut. Only one process opens the file (the store's lock sees to it); it must not lie on a network share.
/// </summary>
public sealed class SqliteJournal : AdoJournal
{
    private const int Full = 13;
    private const int Corrupt = 11;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    private const string Schema = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        create table if not exists clip(clip text primary key, seq integer not null, phase text not null);
        create table if not exists journal(clip text not null, seq integer not null, event text not null, primary key (clip, seq)) without rowid;
        """;

    static SqliteJournal() => UseSystemLibrary();

    private SqliteJournal(SqliteConnection connection) : base(connection)
    {
    }

    /// <exception cref="Depth3DException">The file is no journal or cannot be written, or SQLite is not installed.</exception>
    public static SqliteJournal Open(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(text);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            return new SqliteJournal(connection);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw e.SqliteErrorCode is NotADatabase or Corrupt
                ? new Depth3DException($"the journal is damaged: {e.Message}", path,
                    "delete it to start over; what it knew cannot be resumed", FailureKind.Storage, e)
                : Refused(e, path);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException)
        {
            throw new Depth3DException("libsqlite3.so.0 was not found", remedy: "install it: apt-get install libsqlite3-0",
                kind: FailureKind.MissingTool, inner: e);
        }
    }

    private protected override bool IsTaken(DbException e) => e is SqliteException { SqliteErrorCode: Constraint };

    private protected override Depth3DException Explain(DbException e, string where) => Refused(e, where);

    private static Depth3DException Refused(DbException e, string where) => new(
        $"the journal failed: {e.Message}", where,
        e is SqliteException { SqliteErrorCode: Full } ? "free some space and run the same command again; it resumes"
        : "check that the folder can be written; if the journal is damaged, run again with --fresh",
        FailureKind.Storage, e);

    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : 0;
}
