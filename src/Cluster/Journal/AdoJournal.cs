using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// The journal in plain SQL. A dialect gives connections, makes the tables, appends, and says which of its errors mean what. Two fences
/// guard an append: the shard's owner epoch, and the clip's row that must still be at the expected sequence.
/// </summary>
public abstract class AdoJournal : IJournal
{
    public Task<ShardOwnership> AcquireAsync(int shards, string owner, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shards);
        return InTransactionAsync("shards", async sql =>
        {
            if (LockShardsSql is { } locked) await sql.RunAsync(locked, cancellation).ConfigureAwait(false);
            var known = await sql.ScalarAsync<long>("select count(*) from shard", cancellation).ConfigureAwait(false);
            if (known != shards && known > 0) await RefuseResizeAsync(sql, known, shards, cancellation).ConfigureAwait(false);
            await sql.RunAsync(AcquireSql, cancellation, ("@shards", shards), ("@owner", owner), ("@now", Time(now))).ConfigureAwait(false);
            var epochs = await sql.ListAsync("select epoch from shard where shard < @shards order by shard", r => r.GetInt64(0), cancellation, ("@shards", shards))
                .ConfigureAwait(false);
            return new ShardOwnership(owner, [.. epochs]);
        }, cancellation);
    }

    public Task<IReadOnlyList<JournalShard>> ShardsAsync(CancellationToken cancellation) => WithAsync("shards", sql =>
        sql.ListAsync("select shard, epoch, owner, since from shard order by shard",
            r => new JournalShard(r.GetInt32(0), r.GetInt64(1), r.GetString(2), Time(r.GetString(3))), cancellation), cancellation);

    public Task<long> AppendAsync(ShardOwner owner, ClipId clip, long expectedSequence, IReadOnlyList<ClipEvent> events, ClipSummary summary,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(summary);
        var append = new Append(owner, clip, expectedSequence, [.. events.Select(e => EventCodec.Seal(EventCodec.Write(e)))], summary);
        return AppendAsync(append, cancellation);
    }

    public Task<IReadOnlyList<ClipEvent>> LoadAsync(ClipId clip, CancellationToken cancellation) =>
        WithAsync(clip.Value, sql => LoadAsync(sql, clip, 0, cancellation), cancellation);

    public Task<JournalTail> LoadTailAsync(ClipId clip, CancellationToken cancellation) => WithAsync(clip.Value, async sql =>
    {
        var snapshots = await sql.ListAsync("select seq, version, state from snapshot where clip = @clip and version = @version",
            r => new ClipSnapshot(r.GetInt64(0), r.GetInt32(1), r.GetString(2)), cancellation, ("@clip", clip.Value), ("@version", SnapshotCodec.Version))
            .ConfigureAwait(false);
        var snapshot = snapshots.Count > 0 ? snapshots[0] : null;
        return new JournalTail(snapshot, await LoadAsync(sql, clip, snapshot?.Sequence ?? 0, cancellation).ConfigureAwait(false));
    }, cancellation);

    public Task SaveSnapshotAsync(ClipId clip, ClipSnapshot snapshot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return WithAsync(clip.Value, sql => sql.RunAsync("""
            insert into snapshot(clip, seq, version, state)
            select clip, @seq, @version, @state from clip where clip = @clip and seq >= @seq
            on conflict (clip) do update set seq = excluded.seq, version = excluded.version, state = excluded.state
            where excluded.seq > snapshot.seq or excluded.version > snapshot.version
            """, cancellation, ("@clip", clip.Value), ("@seq", snapshot.Sequence), ("@version", snapshot.Version), ("@state", snapshot.State)), cancellation);
    }

    public Task<IReadOnlyList<JournalClip>> ListAsync(CancellationToken cancellation) => ClipsAsync("", cancellation);

    public Task<IReadOnlyList<JournalClip>> UnfinishedAsync(CancellationToken cancellation) =>
        ClipsAsync($" where phase = '{ClipPhase.Running}'", cancellation);

    public Task<ClipId?> FindByKeyAsync(string key, CancellationToken cancellation) => WithAsync(key, async sql =>
    {
        var found = await sql.ListAsync("select clip from clip where submit_key = @key", r => new ClipId(r.GetString(0)), cancellation, ("@key", key))
            .ConfigureAwait(false);
        return found.Count > 0 ? found[0] : (ClipId?)null;
    }, cancellation);

    public Task DeleteAsync(ShardOwner owner, ClipId clip, CancellationToken cancellation) => InTransactionAsync(clip.Value, async sql =>
    {
        await CheckOwnerAsync(sql, clip, owner, cancellation).ConfigureAwait(false);
        foreach (var table in new[] { "journal", "snapshot", "clip" })
            await sql.RunAsync($"delete from {table} where clip = @clip", cancellation, ("@clip", clip.Value)).ConfigureAwait(false);
        return true;
    }, cancellation);

    public Task SetStandingAsync(NodeStanding standing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return WithAsync(standing.Node.Value, sql => sql.RunAsync("""
            insert into node(node, cordoned, said_by, why, at) values (@node, @cordoned, @by, @why, @at)
            on conflict (node) do update set cordoned = excluded.cordoned, said_by = excluded.said_by, why = excluded.why, at = excluded.at
            """, cancellation, ("@node", standing.Node.Value), ("@cordoned", standing.IsCordoned ? 1 : 0), ("@by", standing.By), ("@why", standing.Why),
            ("@at", Time(standing.At))), cancellation);
    }

    public async Task<IReadOnlyList<NodeStanding>> StandingsAsync(CancellationToken cancellation)
    {
        var standings = await WithAsync("nodes", sql => sql.ListAsync("select node, cordoned, said_by, why, at from node",
            r => new NodeStanding(new NodeId(r.GetString(0)), r.GetInt32(1) != 0, r.GetString(2), r.GetString(3), Time(r.GetString(4))), cancellation),
            cancellation).ConfigureAwait(false);
        return [.. standings.OrderBy(s => s.Node.Value, StringComparer.Ordinal)];
    }

    public Task<long> AuditAsync(AuditEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return WithAsync("audit", sql => sql.ScalarAsync<long>("""
            insert into audit(at, said_by, why, what, place, outcome) values (@at, @by, @why, @what, @place, @outcome) returning id
            """, cancellation, ("@at", Time(entry.At)), ("@by", entry.By), ("@why", entry.Why), ("@what", entry.What), ("@place", entry.Where),
            ("@outcome", entry.Outcome)), cancellation);
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditTailAsync(int count, long afterId, CancellationToken cancellation)
    {
        var last = await WithAsync("audit", sql => sql.ListAsync(
            "select id, at, said_by, why, what, place, outcome from audit where id > @after order by id desc limit @count",
            r => new AuditEntry(Time(r.GetString(1)), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6)) { Id = r.GetInt64(0) },
            cancellation, ("@after", afterId), ("@count", count)), cancellation).ConfigureAwait(false);
        return [.. last.Reverse()];
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>What is appended in one go.</summary>
    private protected sealed record Append(ShardOwner Owner, ClipId Clip, long From, string[] Events, ClipSummary Summary)
    {
        public long To => From + Events.Length;
    }

    /// <summary>Keeps others from acquiring until this transaction ends, also while there are no rows to lock yet; null where every transaction does.</summary>
    private protected abstract string? LockShardsSql { get; }

    /// <summary>Lets others read but not change the shard's row until this transaction ends, where the dialect has row locks.</summary>
    private protected abstract string ForShare { get; }

    /// <summary>Inserts or updates the shards 0 to <c>@shards</c> - 1, all with one epoch above every earlier one.</summary>
    private protected abstract string AcquireSql { get; }

    private protected abstract Task<long> AppendAsync(Append append, CancellationToken cancellation);

    /// <summary>Does something on a connection of its own, or on the only one.</summary>
    private protected abstract Task<T> WithAsync<T>(string where, Func<SqlSession, Task<T>> action, CancellationToken cancellation);

    private protected Task<T> InTransactionAsync<T>(string where, Func<SqlSession, Task<T>> action, CancellationToken cancellation) =>
        WithAsync(where, sql => sql.InTransactionAsync(() => action(sql), cancellation), cancellation);

    private protected async Task CheckOwnerAsync(SqlSession sql, ClipId clip, ShardOwner owner, CancellationToken cancellation)
    {
        var current = await sql.ListAsync($"select epoch from shard where shard = @shard {ForShare}", r => r.GetInt64(0), cancellation, ("@shard", owner.Shard))
            .ConfigureAwait(false);
        if (current.Count == 0 || current[0] != owner.Epoch) throw new StaleOwnerException(clip, owner);
    }

    /// <summary>Times as text that sorts, in UTC, the same in every dialect.</summary>
    private protected static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static async Task RefuseResizeAsync(SqlSession sql, long known, int wanted, CancellationToken cancellation)
    {
        var running = await sql.ScalarAsync<long>($"select count(*) from clip where phase = '{ClipPhase.Running}'", cancellation).ConfigureAwait(false);
        if (running > 0)
        {
            throw new Depth3DException($"the journal has {known} shards, this seed is set to {wanted}, and {running} clips are running", "shards",
                "set the same number on every seed, or change it when no clip runs", FailureKind.Usage);
        }

        if (known > wanted) await sql.RunAsync("delete from shard where shard >= @shards", cancellation, ("@shards", wanted)).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<ClipEvent>> LoadAsync(SqlSession sql, ClipId clip, long after, CancellationToken cancellation)
    {
        var expected = after;
        return await sql.ListAsync("select seq, event from journal where clip = @clip and seq > @after order by seq", r =>
        {
            if (r.GetInt64(0) != ++expected) throw Gap(clip, expected);
            return EventCodec.Read(r.GetString(1), $"{clip}, event {expected}");
        }, cancellation, ("@clip", clip.Value), ("@after", after)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<JournalClip>> ClipsAsync(string where, CancellationToken cancellation)
    {
        var clips = await WithAsync("list", sql => sql.ListAsync("select clip, seq, phase, summary from clip" + where, r => new JournalClip(
            new ClipId(r.GetString(0)), r.GetInt64(1), SummaryCodec.Read(r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3))), cancellation), cancellation)
            .ConfigureAwait(false);
        return [.. clips.OrderBy(c => c.Clip.Value, StringComparer.Ordinal)];
    }

    internal static Depth3DException Gap(ClipId clip, long sequence) => new(
        string.Create(CultureInfo.InvariantCulture, $"the journal lacks event {sequence}"), clip.Value, "run again with --fresh", FailureKind.Storage);
}
