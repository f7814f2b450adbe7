using System.Data.Common;
using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The journal in plain SQL over one connection. A dialect opens the connection, makes the tables, and says which of its errors
/// mean that a key was taken. Two fences guard an append: the clip's row must still be at the expected sequence, and (clip, seq) is
/// the primary key.
/// </summary>
public abstract class AdoJournal : IJournal
{
    private readonly DbConnection _connection;
    private readonly SemaphoreSlim _one = new(1, 1);

    private protected AdoJournal(DbConnection connection) => _connection = connection;

    public Task<long> AppendAsync(
        ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipPhase phase, CancellationToken cancellation) =>
        Exclusive(() => InTransactionAsync(async () =>
        {
            var sequence = expectedSequence + events.Count;
            try
            {
                if (!await MoveHeadAsync(clip, expectedSequence, sequence, phase, cancellation).ConfigureAwait(false))
                    throw new JournalConflictException(clip, expectedSequence);
                for (var i = 0; i < events.Count; i++)
                {
                    await RunAsync("insert into journal(clip, seq, event) values (@clip, @seq, @event)", cancellation,
                        ("@clip", clip.Value), ("@seq", expectedSequence + i + 1), ("@event", EventCodec.Write(events[i]))).ConfigureAwait(false);
                }
            }
            catch (DbException e) when (IsTaken(e))
            {
                throw new JournalConflictException(clip, expectedSequence, e);
            }

            return sequence;
        }, cancellation), clip.Value, cancellation);

    public Task<IReadOnlyList<ClipEvent>> LoadAsync(ClipId clip, CancellationToken cancellation) =>
        Exclusive<IReadOnlyList<ClipEvent>>(async () =>
        {
            await using var command = Command("select seq, event from journal where clip = @clip order by seq", ("@clip", clip.Value));
            await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var events = new List<ClipEvent>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (reader.GetInt64(0) != events.Count + 1) throw Gap(clip, events.Count + 1);
                events.Add(EventCodec.Read(reader.GetString(1), $"{clip}, event {events.Count + 1}"));
            }

            return events;
        }, clip.Value, cancellation);

    public Task<IReadOnlyList<JournalClip>> ListAsync(CancellationToken cancellation) =>
        Exclusive<IReadOnlyList<JournalClip>>(async () =>
        {
            await using var command = Command("select clip, seq, phase from clip");
            await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var clips = new List<JournalClip>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                clips.Add(new JournalClip(new ClipId(reader.GetString(0)), reader.GetInt64(1), Enum.Parse<ClipPhase>(reader.GetString(2))));
            clips.Sort((a, b) => string.CompareOrdinal(a.Clip.Value, b.Clip.Value));
            return clips;
        }, "list", cancellation);

    public Task DeleteAsync(ClipId clip, CancellationToken cancellation) => Exclusive(() => InTransactionAsync(async () =>
    {
        await RunAsync("delete from journal where clip = @clip", cancellation, ("@clip", clip.Value)).ConfigureAwait(false);
        await RunAsync("delete from clip where clip = @clip", cancellation, ("@clip", clip.Value)).ConfigureAwait(false);
        return true;
    }, cancellation), clip.Value, cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The error says that a row with this key exists.</summary>
    private protected abstract bool IsTaken(DbException e);

    /// <summary>The error in words for people.</summary>
    private protected abstract Depth3DException Explain(DbException e, string where);

    /// <summary>
    /// Begin and commit as plain statements: a full disk makes SQLite end the transaction by itself, and ADO.NET's transaction object then fails
    /// at its own rollback and hides why.
    /// </summary>
    private async Task<T> InTransactionAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        await RunAsync("begin", cancellation).ConfigureAwait(false);
        try
        {
            var result = await action().ConfigureAwait(false);
            await RunAsync("commit", cancellation).ConfigureAwait(false);
            return result;
        }
        catch
        {
            await TryRollbackAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TryRollbackAsync()
    {
        try
        {
            await RunAsync("rollback", CancellationToken.None).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // There was no transaction left to end, which is what this is for.
        }
    }

    private async Task<bool> MoveHeadAsync(ClipId clip, long from, long to, ClipPhase phase, CancellationToken cancellation)
    {
        var sql = from == 0
            ? "insert into clip(clip, seq, phase) values (@clip, @to, @phase)"
            : "update clip set seq = @to, phase = @phase where clip = @clip and seq = @from";
        return await RunAsync(sql, cancellation, ("@clip", clip.Value), ("@from", from), ("@to", to), ("@phase", phase.ToString()))
            .ConfigureAwait(false) == 1;
    }

    private async Task<int> RunAsync(string sql, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private DbCommand Command(string sql, params (string Name, object Value)[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            if (!sql.Contains(name, StringComparison.Ordinal)) continue;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task<T> Exclusive<T>(Func<Task<T>> action, string where, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw Explain(e, where);
        }
        finally
        {
            _one.Release();
        }
    }

    private static Depth3DException Gap(ClipId clip, long sequence) => new(
        string.Create(CultureInfo.InvariantCulture, $"the journal lacks event {sequence}"), clip.Value, "run again with --fresh", FailureKind.Storage);
}
