using Depth3D.Imaging;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>
/// Finds hard cuts while frames arrive: other colours than before, and no flow that leads there and back or explains the picture. From
/// frame to frame of real shots the colours differ by at most 0.15 and 0.4 of the flow is consistent (0.12 for a camera array of
/// wide spacing); across cuts the colours differ by 0.24 and more and less than 0.05 of the flow is consistent. A single odd frame,
/// such as a photographer's flash, is no cut: what follows it still matches what came before.
/// </summary>
internal sealed class CutDetector : IDisposable
{
    private const double OtherColours = 0.18, FewConsistent = 0.1, NoCorrelation = 0.3;

    /// <summary>Where most colours are new, less doubt about the flow is enough.</summary>
    private const double NewColours = 0.45, SomeConsistent = 0.25, LittleCorrelation = 0.5;

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
        (change.HistogramDistance > OtherColours && (change.ConsistentShare < FewConsistent || change.Correlation < NoCorrelation))
        || (change.HistogramDistance > NewColours && (change.ConsistentShare < SomeConsistent || change.Correlation < LittleCorrelation));
}
