using System.Text.Json;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Method <c>field</c>: <see cref="FieldOptimiser"/>.</summary>
internal sealed class FieldMethod(FieldSettings settings) : ITrainMethod
{
    public string Name => TrainProfile.Field;

    public int TotalSteps => settings.TotalSteps;

    public int Threads => settings.Threads;

    public string Deciding { get; } = JsonSerializer.Serialize(settings with { Device = "", Threads = 0, CheckEverySteps = 0 });

    public int LargestBatchDivisor => 16;

    /// <summary>Off: the cosine schedule anneals to the end of the chain, and it is the annealing that ends flicker.</summary>
    public int DefaultPatience => 0;

    public IClipOptimiser Create(TrainClip clip, int batchDivisor) => new FieldOptimiser(clip.Clip, settings with
    {
        StaticSamples = settings.StaticSamples / batchDivisor,
        MovingPointsPerFrame = Math.Max(1, settings.MovingPointsPerFrame / batchDivisor),
    });
}
