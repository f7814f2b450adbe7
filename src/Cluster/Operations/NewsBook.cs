using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Operations.Results;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// The latest news of the cluster, as rows that people read, and everything after them for who follows. Progress of tasks is left out.
/// Nobody is waited for: who does not keep up loses the oldest.
/// </summary>
public sealed class NewsBook : IAsyncDisposable
{
    private const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<EventRow> _recent = new();
    private readonly List<Channel<EventRow>> _followers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public NewsBook(IActiveCoordinator seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        _reading = ReadAsync(seed);
    }

    /// <summary>The last rows, oldest first.</summary>
    public IReadOnlyList<EventRow> Last(int count, string? clip)
    {
        lock (_gate) return [.. _recent.Where(r => clip is null || r.Clip == clip).TakeLast(count)];
    }

    public async IAsyncEnumerable<EventRow> FollowAsync(int count, string? clip, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<EventRow>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        IReadOnlyList<EventRow> first;
        lock (_gate)
        {
            first = Last(count, clip);
            _followers.Add(channel);
        }

        try
        {
            foreach (var row in first) yield return row;
            await foreach (var row in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                if (clip is null || row.Clip == clip) yield return row;
            }
        }
        finally
        {
            lock (_gate) _followers.Remove(channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        lock (_gate) _followers.ForEach(f => f.Writer.TryComplete());
        _stop.Dispose();
    }

    private async Task ReadAsync(IActiveCoordinator seed)
    {
        try
        {
            await foreach (var item in seed.WatchAsync(_stop.Token).ConfigureAwait(false))
            {
                if (NewsText.Of(item) is { } row) Add(row);
            }
        }
        catch (OperationCanceledException)
        {
            // The seed stops.
        }
    }

    private void Add(EventRow row)
    {
        lock (_gate)
        {
            _recent.Enqueue(row);
            if (_recent.Count > Kept) _recent.Dequeue();
            foreach (var follower in _followers) follower.Writer.TryWrite(row);
        }
    }
}
