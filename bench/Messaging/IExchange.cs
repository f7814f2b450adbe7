namespace Depth3D.Bench.Messaging;

/// <summary>The seed's side of one exchange: a hint goes to a worker's queue, the worker's answer comes to a shard's queue.</summary>
internal interface IExchange : IAsyncDisposable
{
    /// <summary>Raised with the number of the hint that was answered.</summary>
    event Action<long>? Answered;

    /// <summary>Sends a hint; returns when the broker has confirmed it.</summary>
    Task SendAsync(string worker, long number);
}
