using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer;

/// <summary>Tells the stage's progress from the steps of one chunk; never falls, also when the chunk begins anew with a smaller batch.</summary>
internal sealed class ChunkProgress(IProgress<StageProgress> target, int first, int end, double from, double share) : IProgress<(int Step, double Loss)>
{
    private double _highest;

    public void Report((int Step, double Loss) value)
    {
        _highest = Math.Max(_highest, from + (share * (value.Step - first) / Math.Max(1, end - first)));
        target.Report(new StageProgress(_highest, string.Create(CultureInfo.InvariantCulture, $"step {value.Step}, loss {value.Loss:0.0000}")));
    }
}
