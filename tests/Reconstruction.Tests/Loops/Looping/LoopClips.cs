using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Loops.Looping;

/// <summary>Clips with a known period, [F, 3, h, w] in double.</summary>
internal static class LoopClips
{
    public static Tensor Noise(int frames, int height, int width, int seed)
    {
        var random = new CounterRandom(seed, 0, 0);
        return tensor([.. Enumerable.Range(0, frames * 3 * height * width).Select(i => random.Unit((ulong)i))], [frames, 3, height, width], ScalarType.Float64);
    }

    /// <summary>Random pictures that come again every <paramref name="period"/> frames.</summary>
    public static Tensor Periodic(int frames, int period, int height, int width, int seed)
    {
        var pictures = Noise(period, height, width, seed);
        return pictures.index_select(0, tensor([.. Enumerable.Range(0, frames).Select(t => (long)(t % period))]));
    }

    /// <summary>A texture of sines that travels one pixel a frame and comes again after <paramref name="period"/>.</summary>
    public static Tensor Travelling(int frames, int period, int height, int width, double noise, int seed)
    {
        var random = new CounterRandom(seed, 0, 0);
        var values = new double[frames * 3 * height * width];
        for (var n = 0; n < values.Length; n++)
        {
            int x = n % width, y = n / width % height, c = n / (width * height) % 3, t = n / (3 * width * height);
            var wave = Math.Sin((2 * Math.PI * (x + t) / period) + (0.4 * y) + c);
            values[n] = Math.Clamp(0.5 + (0.2 * wave) + (noise * random.Normal((ulong)n)), 0, 1);
        }

        return tensor(values, [frames, 3, height, width], ScalarType.Float64);
    }

    public static double Largest(Tensor difference) => difference.abs().max().to_type(ScalarType.Float64).item<double>();
}
