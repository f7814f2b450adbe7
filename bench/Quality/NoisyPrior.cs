using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.Quality;

/// <summary>
/// True depth times exp(noise), drawn anew for every frame: smooth over the picture (0.15), one number per body (0.2; what stands still
/// counts as none) and one per frame (0.05). The prior of check G1.
/// </summary>
internal static class NoisyPrior
{
    private const double Smooth = 0.15;
    private const double PerBody = 0.2;
    private const double PerFrame = 0.05;

    /// <summary>Size of the smooth noise's cells as a share of the picture's width.</summary>
    private const double Cell = 0.25;

    private const int NodesAcross = 100;
    private const int Stream = 77;

    public static void Write(string folder, TruthScene scene, int width, int height, int seed)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < scene.FrameCount; i++)
        {
            var frame = TruthRenderer.Render(scene, i, width, height);
            Npy.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"prior_{i:00000}.npy")), Frame(frame, i, seed));
        }
    }

    private static Raster<float> Frame(TruthFrame truth, int frame, int seed)
    {
        var random = new CounterRandom(seed, frame, Stream);
        var noisy = truth.Depth.Clone();
        var cell = Cell * noisy.Width;
        for (var y = 0; y < noisy.Height; y++)
        {
            for (var x = 0; x < noisy.Width; x++)
            {
                var body = truth.BodyIds[x, y];
                var log = (Smooth * Noise(random, x / cell, y / cell)) + (PerFrame * random.Normal(1_000_000));
                if (body > 0) log += PerBody * random.Normal(2_000_000UL + body);
                noisy[x, y] *= (float)Math.Exp(log);
            }
        }

        return noisy;
    }

    /// <summary>Normal numbers at the nodes of a unit grid, bilinear between them.</summary>
    private static double Noise(CounterRandom random, double x, double y)
    {
        int x0 = (int)x, y0 = (int)y;
        double a = x - x0, b = y - y0;
        double At(int i, int j) => random.Normal((ulong)((j * NodesAcross) + i));
        return ((1 - b) * (((1 - a) * At(x0, y0)) + (a * At(x0 + 1, y0)))) + (b * (((1 - a) * At(x0, y0 + 1)) + (a * At(x0 + 1, y0 + 1))));
    }
}
