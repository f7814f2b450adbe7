using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The frequency encoding of spec 3.1: [x, cos(f0 x) .. cos(f15 x), sin(f0 x) .. sin(f15 x)], each term with all channels of x.</summary>
public static class SceneFlowEncoding
{
    public const int Frequencies = 16;

    /// <summary>linspace(1, 17, 16): 1, 2.0667, ... 17. Neither powers of two nor multiples of pi.</summary>
    public static double[] FrequencyTable { get; } =
        [.. Enumerable.Range(0, Frequencies).Select(k => 1 + (k * (double)Frequencies / (Frequencies - 1)))];

    /// <summary>Channels after encoding <paramref name="channels"/> of them.</summary>
    public static int Channels(int channels) => channels * (1 + (2 * Frequencies));

    /// <param name="x">[M, d].</param>
    /// <param name="frequencies">[1, 16, 1], of the same type and device.</param>
    /// <returns>[M, d * 33].</returns>
    public static Tensor Encode(Tensor x, Tensor frequencies)
    {
        var (rows, channels) = (x.shape[0], x.shape[1]);
        var angles = x.unsqueeze(1).mul(frequencies).reshape(rows, Frequencies * channels);
        return cat([x, angles.cos(), angles.sin()], 1);
    }

    public static Tensor FrequencyTensor(ScalarType type, Device device) =>
        tensor(FrequencyTable, [1, Frequencies, 1], dtype: type, device: device);
}
