using Depth3D.Pipeline;
using TorchSharp;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Multiplies two matrices of small whole numbers on the task's device. Every sum is below 2^24, so single precision gives it exactly,
/// whatever the order of summation and the shortening of factors; the right answer is computed in whole numbers.
/// </summary>
public sealed class DeviceCanary : ICanary
{
    private const int Size = 128;
    private const string Cpu = "cpu";

    private static readonly float[] Left = Fill((row, column) => (row + column) % 7);
    private static readonly float[] Right = Fill((row, column) => ((row * 3) + column) % 5);
    private static readonly float[] Product = Fill((row, column) => Enumerable.Range(0, Size).Sum(k => (row + k) % 7 * (((k * 3) + column) % 5)));

    /// <summary>Processors that compute wrongly are rare and crash soon; only other devices are asked.</summary>
    public string? Check(StageContext computed)
    {
        ArgumentNullException.ThrowIfNull(computed);
        var device = computed.Options.Train.Device;
        return device != Cpu && Wrong(device) is > 0 and var wrong ? $"{wrong} of {Size * Size} entries of a known product are wrong" : null;
    }

    /// <returns>How many entries of the product the device gets wrong.</returns>
    internal static long Wrong(string device)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var on = torch.device(device);
        return On(Left, on).matmul(On(Right, on)).ne(On(Product, on)).sum().to(torch.CPU).item<long>();
    }

    private static torch.Tensor On(float[] values, torch.Device device) => torch.tensor(values, [Size, Size]).to(device);

    private static float[] Fill(Func<int, int, int> value) => [.. Enumerable.Range(0, Size * Size).Select(i => (float)value(i / Size, i % Size))];
}
