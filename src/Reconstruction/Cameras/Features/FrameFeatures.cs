using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Features;

/// <summary>
/// SIFT key points of one frame with RootSIFT descriptors in whole numbers, so that comparing them gives the same result on every machine.
/// </summary>
public sealed class FrameFeatures
{
    /// <summary>Length of a descriptor as a vector: the square root of a distribution has length 1, stored times this.</summary>
    public const int Length = 512;

    private const int Size = SiftFeatures.DescriptorLength;

    public FrameFeatures(SiftFeatures sift)
    {
        Points = sift.Points;
        Sizes = sift.Sizes;
        AnglesDegrees = sift.AnglesDegrees;
        Descriptors = new short[Count * Size];
        for (var k = 0; k < Count; k++) Root(sift.Descriptor(k), Descriptors.AsSpan(k * Size, Size));
    }

    public int Count => Points.Length;

    /// <summary>Pixels, centres at integers.</summary>
    public Point2[] Points { get; }

    public float[] Sizes { get; }

    public float[] AnglesDegrees { get; }

    /// <summary>[Count, 128], row-major, each of length <see cref="Length"/>.</summary>
    internal short[] Descriptors { get; }

    private static void Root(ReadOnlySpan<float> sift, Span<short> root)
    {
        double sum = 0;
        foreach (var v in sift) sum += v;
        if (!(sum > 0)) return;
        for (var i = 0; i < sift.Length; i++) root[i] = (short)Math.Round(Length * Math.Sqrt(sift[i] / sum));
    }
}
