using System.Diagnostics;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;

namespace Depth3D.Bench.OptimisationStep;

/// <summary>Times steps after a few that do not count.</summary>
internal static class StepCost
{
    private const int Settling = 5;
    private const int Points = 1536;
    private const int Repeats = 10;
    private static readonly int[] Gaps = [1, 2, 4, 6, 8];

    public static double Milliseconds(TrainingClip clip, FieldSettings settings, int first, int count)
    {
        using var optimiser = new FieldOptimiser(clip, settings);
        optimiser.Run(first + Settling, null, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        optimiser.Run(first + count, null, CancellationToken.None);
        return watch.Elapsed.TotalMilliseconds / (count - Settling);
    }

    /// <summary>Forward and backward of all gaps as prefixes of one unroll, and as unrolls of their own.</summary>
    public static (double Shared, double Isolated) Unroll(FieldSettings settings)
    {
        using var field = new SceneFlowField(settings.FieldWidth, settings.FieldLayers, settings.FieldDivisor, 1, ComputeDevice.Parse(settings.Device));
        return (Time(field, settings, [Gaps[^1]]), Time(field, settings, Gaps));
    }

    private static double Time(SceneFlowField field, FieldSettings settings, int[] unrolls)
    {
        var watch = new Stopwatch();
        for (var r = -1; r < Repeats; r++)
        {
            if (r == 0) watch.Start();
            using var scope = torch.NewDisposeScope();
            var device = ComputeDevice.Parse(settings.Device);
            var points = torch.ones([Points, 3], device: device);
            var time = torch.zeros([Points, 1], device: device);
            foreach (var steps in unrolls) field.Unroll(points, time, 1.0 / 24, steps).Totals[^1].square().sum().backward();
        }

        return watch.Elapsed.TotalMilliseconds / Repeats;
    }
}
