using System.Text.Json.Serialization;

namespace Depth3D.Pipeline;

/// <summary>Frames <c>[First, First + Count)</c> of a clip, zero-based.</summary>
public readonly record struct FrameRange(int First, int Count)
{
    [JsonIgnore]
    public int End => First + Count;

    [JsonIgnore]
    public IEnumerable<int> Indices => Enumerable.Range(First, Count);

    /// <summary>Cuts <c>[0, frameCount)</c> into ranges of at most <paramref name="chunk"/> frames.</summary>
    public static IEnumerable<FrameRange> Chunks(int frameCount, int chunk)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1);
        for (var first = 0; first < frameCount; first += chunk)
            yield return new FrameRange(first, Math.Min(chunk, frameCount - first));
    }
}
