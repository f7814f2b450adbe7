using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>A training method with the settings of one run: how long it is, what decides its result, and how it is made for a clip.</summary>
internal interface ITrainMethod
{
    /// <summary>As options and checkpoints spell it.</summary>
    string Name { get; }

    int TotalSteps { get; }

    /// <summary>Threads of the tensor library, or 0 for one per core, at most 8.</summary>
    int Threads { get; }

    /// <summary>JSON object of every setting that decides the result; part of the fingerprint of checkpoints and shown in the training log.</summary>
    string Deciding { get; }

    /// <summary>The smallest batch is a full one divided by this: a power of two.</summary>
    int LargestBatchDivisor { get; }

    /// <summary>Early stopping where the options leave it open: chunks that may pass without an improvement on held-out pairs, or 0 for none.</summary>
    int DefaultPatience { get; }

    /// <param name="batchDivisor">1 for a full batch; a power of two up to <see cref="LargestBatchDivisor"/> where memory did not suffice.</param>
    IClipOptimiser Create(TrainClip clip, int batchDivisor);
}
