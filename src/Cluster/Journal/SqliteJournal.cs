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

    private readonly SqliteConnection _connection;
    private readonly SqlSession _session;
    private readonly SemaphoreSlim _one = new(1, 1);

    static SqliteJournal() => TakeSystemLibrary();

    // The write lock at once: a transaction that reads first and then finds another writer before it could only fail.
    private SqliteJournal(SqliteConnection connection) => (_connection, _session) = (connection, new SqlSession(connection, "begin immediate"));

    private protected override string? LockShardsSql => null;

    private protected override string ForShare => "";

    private protected override string AcquireSql => """
        with recursive wanted(shard) as (select 0 union all select shard + 1 from wanted where shard + 1 < @shards)
        insert into shard(shard, epoch, owner, since) select shard, (select coalesce(max(epoch), 0) + 1 from shard), @owner, @now from wanted where true
        on conflict (shard) do update set epoch = excluded.epoch, owner = excluded.owner, since = excluded.since
        """;

    /// <exception cref="Depth3DException">The file is no journal or cannot be written, or SQLite is not installed.</exception>
    public static SqliteJournal Open(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(text);
            connection.Open();
            SqliteSchema.Apply(connection, path);
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
        catch (Depth3DException)
        {
            connection?.Dispose();
            throw;
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException)
        {
            throw new Depth3DException("libsqlite3.so.0 was not found", remedy: "install it: apt-get install libsqlite3-0",
                kind: FailureKind.MissingTool, inner: e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }

    private protected override Task<long> AppendAsync(Append append, CancellationToken cancellation) =>
        InTransactionAsync(append.Clip.Value, async sql =>
        {
            await CheckOwnerAsync(sql, append.Clip, append.Owner, cancellation).ConfigureAwait(false);
            try
            {
                if (!await MoveHeadAsync(sql, append, cancellation).ConfigureAwait(false)) throw new JournalConflictException(append.Clip, append.From);
                for (var i = 0; i < append.Events.Length; i++)
                {
                    await sql.RunAsync("insert into journal(clip, seq, event) values (@clip, @seq, @event)", cancellation,
                        ("@clip", append.Clip.Value), ("@seq", append.From + i + 1), ("@event", append.Events[i])).ConfigureAwait(false);
                }
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Constraint)
            {
                throw new JournalConflictException(append.Clip, append.From, e);
            }

            return append.To;
        }, cancellation);

    private protected override async Task<T> WithAsync<T>(string where, Func<SqlSession, Task<T>> action, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await action(_session).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw Refused(e, where);
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<bool> MoveHeadAsync(SqlSession sql, Append append, CancellationToken cancellation)
    {
        List<(string, object?)> parameters =
        [
            ("@clip", append.Clip.Value), ("@to", append.To), ("@phase", append.Summary.Phase.ToString()), ("@key", append.Summary.Key),
            ("@summary", SummaryCodec.Write(append.Summary)),
        ];
        if (append.From > 0) parameters.Add(("@from", append.From));
        return await sql.RunAsync(append.From == 0
            ? "insert into clip(clip, seq, phase, submit_key, summary) values (@clip, @to, @phase, @key, @summary)"
            : "update clip set seq = @to, phase = @phase, submit_key = @key, summary = @summary where clip = @clip and seq = @from",
            cancellation, [.. parameters]).ConfigureAwait(false) == 1;
    }

    private static Depth3DException Refused(DbException e, string where) => new(
        $"the journal failed: {e.Message}", where,
        e is SqliteException { SqliteErrorCode: Full } ? "free some space and run the same command again; it resumes"
        : "check that the folder can be written; if the journal is damaged, run again with --fresh",
        FailureKind.Storage, e);

    /// <summary>Makes SQLite the system's, once: a static constructor runs before the first member is used.</summary>
    internal static void UseSystemLibrary()
    {
    }

    private static void TakeSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : 0;
}
