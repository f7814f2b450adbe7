using Depth3D.Imaging;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>
/// Finds hard cuts while frames arrive: other colours than before, and no flow that leads there and back. Over real clips the share of
/// consistent flow stays above 0.4 from frame to frame (0.12 for a camera array of wide spacing) and falls below 0.05 at cuts. A
/// single odd frame, such as a photographer's flash, is no cut: what follows it still matches what came before.
/// </summary>
internal sealed class CutDetector : IDisposable
{
    private const double MaxConsistentShare = 0.1;
    private const double MinHistogramDistance = 0.18;
    private const double DoubtfulConsistentShare = 0.2;

    private readonly DisFlow _dis = new(DisPreset.Fast);
    private readonly List<float> _motions = [];
    private readonly List<int> _flashes = [];
    private readonly List<int> _doubtful = [];
    private FrameLook? _last;
    private FrameLook? _beforePending;
    private int _index;

    /// <summary>Median motion of each step that is no cut, in pixels of <see cref="FrameLook"/>.</summary>
    public IReadOnlyList<float> Motions => _motions;

    /// <summary>Single frames that match neither neighbour.</summary>
    public IReadOnlyList<int> Flashes => _flashes;

    /// <summary>Frames that hardly match the one before, though the colours do.</summary>
    public IReadOnlyList<int> Doubtful => _doubtful;

    /// <summary>Takes the next frame; returns the first frame after a cut once that is certain, which may be one frame later.</summary>
    public int? Add(FrameLook frame)
    {
        var index = _index++;
        var last = _last;
        _last = frame;
        if (last is null) return null;
        if (_beforePending is { } before)
        {
            _beforePending = null;
            var across = FrameChange.Measure(before, frame, _dis);
            if (IsCut(across)) return index - 1;
            _flashes.Add(index - 1);
            _motions.Add((float)across.MedianMotionPixels / 2);
            return null;
        }

        var change = FrameChange.Measure(last, frame, _dis);
        if (IsCut(change))
        {
            _beforePending = last;
            return null;
        }

        if (change.ConsistentShare < DoubtfulConsistentShare) _doubtful.Add(index);
        _motions.Add((float)change.MedianMotionPixels);
        return null;
    }

    /// <summary>After the last frame: a cut right before it, which no later frame could confirm.</summary>
    public int? Finish() => _beforePending is null ? null : _index - 1;

    public void Dispose() => _dis.Dispose();

    private static bool IsCut(FrameChange change) =>
        change.ConsistentShare < MaxConsistentShare && change.HistogramDistance > MinHistogramDistance;
}
