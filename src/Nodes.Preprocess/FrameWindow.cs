namespace Depth3D.Nodes.Preprocess;

/// <summary>Values per frame, made when first asked for and kept while frames near them are worked on in ascending order.</summary>
/// <param name="reach">How many frames before the current one are still asked for.</param>
/// <param name="make">Makes the value of a frame.</param>
internal sealed class FrameWindow<T>(int reach, Func<int, T> make)
{
    private readonly Dictionary<int, T> _kept = [];

    public T this[int frame]
    {
        get
        {
            if (!_kept.TryGetValue(frame, out var value)) _kept[frame] = value = make(frame);
            return value;
        }
    }

    /// <summary>Drops what no frame after <paramref name="current"/> will ask for.</summary>
    public void Forget(int current)
    {
        foreach (var frame in _kept.Keys.Where(f => f <= current - reach).ToArray()) _kept.Remove(frame);
    }
}
