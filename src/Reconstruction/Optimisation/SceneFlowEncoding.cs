using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The frequency encoding of spec 3.1: [x, cos(f0 x) .. cos(f15 x), sin(f0 x) .. sin(f15 x)], each term with all channels of x.</summary>
public static class SceneFlowEncoding
{
    /// <summary>As published.</summary>
    public const int Frequencies = 16;

    /// <summary>linspace(1, 17, 16): 1, 2.0667, ... 17. Neither powers of two nor multiples of pi.</summary>
    public static double[] FrequencyTable { get; } = Table(Frequencies);

    /// <summary>linspace(1, count + 1, count).</summary>
    public static double[] Table(int count) => [.. Enumerable.Range(0, count).Select(k => 1 + (k * (double)count / Math.Max(1, count - 1)))];

    /// <summary>Channels after encoding <paramref name="channels"/> of them.</summary>
    public static int Channels(int channels, int frequencies = Frequencies) => channels * (1 + (2 * frequencies));

    /// <param name="x">[M, d].</param>
    /// <param name="frequencies">[1, n, 1], of the same type and device.</param>
    /// <returns>[M, d * (1 + 2n)].</returns>
    public static Tensor Encode(Tensor x, Tensor frequencies)
    {
        var (rows, channels) = (x.shape[0], x.shape[1]);
        var angles = x.unsqueeze(1).mul(frequencies).reshape(rows, frequencies.shape[1] * channels);
        return cat([x, angles.cos(), angles.sin()], 1);
    }

    public static Tensor FrequencyTensor(ScalarType type, Device device, int count = Frequencies) =>
        tensor(Table(count), [1, count, 1], dtype: type, device: device);
}
