using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess;

/// <summary>Passes progress of parallel work on so that the fraction never falls.</summary>
internal sealed class MonotonicProgress(IProgress<StageProgress> target, string message)
{
    private readonly Lock _lock = new();
    private double _highest;

    public void Report(double fraction)
    {
        lock (_lock)
        {
            if (fraction <= _highest) return;
            _highest = fraction;
            target.Report(new StageProgress(fraction, message));
        }
    }
}
