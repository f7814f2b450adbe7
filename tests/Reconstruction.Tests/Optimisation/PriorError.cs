using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>
/// How a prior is wrong, in log depth: smooth over the picture, per body, per frame (all drawn anew for each frame), and a bias of moving
/// bodies that stays.
/// </summary>
internal sealed record PriorError(double Smooth, double PerBody, double PerFrame, double[] BodyBias)
{
    /// <summary>The perturbed prior of check G1.</summary>
    public static readonly PriorError Noisy = new(0.15, 0.2, 0.05, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>Like a triangulated prior: static pixels nearly right, one body placed well but jittering, one far too deep.</summary>
    public static readonly PriorError Geometric = new(0.02, 0.06, 0.01, [0, 0.02, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);

    private const int Cell = 48;

    public float[] Apply(float[] depth, byte[] bodies, int width, int height, int frame, int seed)
    {
        var random = new CounterRandom(seed, frame, 77);
        var result = new float[depth.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var body = bodies[i];
                var log = (Smooth * Noise(random, (double)x / Cell, (double)y / Cell)) + (PerFrame * random.Normal(1_000_000));
                if (body > 0) log += BodyBias[Math.Min(body, BodyBias.Length - 1)] + (PerBody * random.Normal(2_000_000UL + body));
                result[i] = (float)(depth[i] * Math.Exp(log));
            }
        }

        return result;
    }

    private static double Noise(CounterRandom random, double x, double y)
    {
        int x0 = (int)x, y0 = (int)y;
        double a = x - x0, b = y - y0;
        double At(int i, int j) => random.Normal((ulong)((j * 100) + i));
        return ((1 - b) * (((1 - a) * At(x0, y0)) + (a * At(x0 + 1, y0)))) + (b * (((1 - a) * At(x0, y0 + 1)) + (a * At(x0 + 1, y0 + 1))));
    }
}
