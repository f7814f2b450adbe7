using Depth3D.Reconstruction.Optimisation;
using TorchSharp;

namespace Depth3D.Nodes.Trainer.Tests;

/// <summary>A method whose batches need more memory than there is until they are divided by enough.</summary>
internal sealed class ScarceMemory(ITrainMethod real, int fitsFrom) : ITrainMethod
{
    public List<int> Tried { get; } = [];

    public string Name => real.Name;

    public int TotalSteps => real.TotalSteps;

    public int Threads => real.Threads;

    public string Deciding => real.Deciding;

    public int LargestBatchDivisor => real.LargestBatchDivisor;

    public int DefaultPatience => real.DefaultPatience;

    public IClipOptimiser Create(TrainClip clip, int batchDivisor)
    {
        Tried.Add(batchDivisor);
        return batchDivisor >= fitsFrom ? real.Create(clip, batchDivisor) : throw new TorchException("DefaultCPUAllocator: can't allocate memory");
    }
}
