using System.Text;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>Which shard a clip belongs to: the same on every machine and in every version.</summary>
public static class Shards
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a, 32 bit, over the clip id's UTF-8 bytes, modulo the number of shards.</summary>
    public static int Of(ClipId clip, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var hash = OffsetBasis;
        foreach (var b in Encoding.UTF8.GetBytes(clip.Value)) hash = (hash ^ b) * Prime;
        return (int)(hash % (uint)count);
    }
}
