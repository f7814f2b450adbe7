using System.Text.Json;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Method <c>network</c>: <see cref="NetworkOptimiser"/>; with settings of corrections, method <c>hybrid</c>: the field method on the network's result.
/// </summary>
/// <param name="frames">Frames of the clip, which decide how long an epoch is.</param>
internal sealed class NetworkMethod(NetworkSettings settings, FieldSettings? corrections, int frames) : ITrainMethod
{
    public string Name => corrections is null ? TrainProfile.Network : TrainProfile.Hybrid;

    public int TotalSteps => settings.TotalSteps(frames) + (corrections?.TotalSteps ?? 0);

    public int Threads => settings.Threads;

    public string Deciding { get; } = JsonSerializer.Serialize(new
    {
        Network = settings with { Device = "", Threads = 0, CheckEverySteps = 0, TargetsPerPass = 1 },
        Field = corrections is null ? null : corrections with { Device = "", Threads = 0, CheckEverySteps = 0 },
    });

    /// <summary>Targets that share a backward pass go down from 8 to 1; the gradient stays the same.</summary>
    public int LargestBatchDivisor => 8;

    /// <summary>Off: published runs train to the end, and the hybrid's second half begins only then.</summary>
    public int DefaultPatience => 0;

    public IClipOptimiser Create(TrainClip clip, int batchDivisor)
    {
        var smaller = settings with { TargetsPerPass = Math.Max(1, settings.TargetsPerPass / batchDivisor) };
        var pictures = new ClipPictures([.. Enumerable.Range(0, clip.Clip.Frames).Select(clip.Maps.TrainingPicture)]);
        var depth = DepthNetworks.Open(settings.Network, new DepthNetworkOptions { Seed = settings.Seed, Device = settings.Device });
        var network = new NetworkOptimiser(clip.Clip, pictures, depth, smaller);
        return corrections is null ? network : new HybridOptimiser(clip.Clip, network, corrections);
    }
}
