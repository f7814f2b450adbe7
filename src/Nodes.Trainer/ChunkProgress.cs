using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer;

/// <summary>Tells the stage's progress from the steps of one chunk.</summary>
internal sealed class ChunkProgress(IProgress<StageProgress> target, int first, int end, double from, double share) : IProgress<(int Step, double Loss)>
{
    public void Report((int Step, double Loss) value) => target.Report(new StageProgress(
        from + (share * (value.Step - first) / Math.Max(1, end - first)),
        string.Create(CultureInfo.InvariantCulture, $"step {value.Step}, loss {value.Loss:0.0000}")));
}
