namespace Depth3D.Seed;

/// <summary>What a seed is made of, disposed the other way round: first nobody is answered any more, last the connections close.</summary>
internal sealed class SeedParts : IAsyncDisposable
{
    private readonly Stack<object> _kept = new();

    public void Keep(object? part)
    {
        if (part is not null) _kept.Push(part);
    }

    public async ValueTask DisposeAsync()
    {
        while (_kept.TryPop(out var part))
        {
            if (part is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (part as IDisposable)?.Dispose();
        }
    }
}
