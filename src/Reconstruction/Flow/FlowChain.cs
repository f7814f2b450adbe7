using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Flow;

/// <summary>
/// DIS flow at working size, both ways, where longer gaps start from the composition of shorter ones, then shrunk to training size.
/// Plain DIS is off by tens of pixels at gap 8; started this way it stays at a fraction of a pixel (measured on rendered clips).
/// </summary>
public sealed class FlowChain
{
    private readonly GapPlan _plan;
    private readonly FlowChainSettings _settings;
    private readonly Func<Raster<byte>, Raster<byte>, Raster<float>?, Raster<float>> _flow;

    /// <param name="flow">Flow from the first grey picture to the second, from a start or none; called from several threads at once.</param>
    public FlowChain(FlowChainSettings settings, Func<Raster<byte>, Raster<byte>, Raster<float>?, Raster<float>> flow)
    {
        _settings = settings;
        _plan = GapPlan.For(settings.Gaps);
        _flow = flow;
    }

    /// <summary>Frames after a pair's first one that the chain may look at.</summary>
    public int Reach => _plan.Gaps[^1];

    /// <summary>
    /// Hands every pair (i, i + gap) with i in [<paramref name="first"/>, <paramref name="first"/> + <paramref name="count"/>) and
    /// i + gap below <paramref name="frameCount"/> to <paramref name="found"/>, one at a time in a fixed order. A pair depends on its
    /// frames i ... i + gap only, so the result does not depend on how a clip is cut into ranges.
    /// </summary>
    /// <param name="grey">Grey picture of a frame at working size; called once per frame, in order.</param>
    public void Run(int first, int count, int frameCount, Func<int, Raster<byte>> grey, Action<FlowPair> found,
        CancellationToken cancellation = default)
    {
        var end = Math.Min(frameCount, first + count + Reach);
        var pictures = new Raster<byte>[end - first];
        for (var i = first; i < end; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            pictures[i - first] = grey(i);
        }

        var levels = new Dictionary<int, TwoWay[]>();
        foreach (var gap in _plan.Gaps)
        {
            var flows = Level(gap, NeededStarts(gap, count, pictures.Length), pictures, levels, cancellation);
            levels[gap] = flows;
            if (_settings.Gaps.Contains(gap))
            {
                for (var i = 0; i < Math.Min(count, flows.Length); i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    found(Shrink(first + i, gap, flows[i]));
                }
            }

            foreach (var old in levels.Keys.Where(g => !NeededAfter(g, gap)).ToArray()) levels.Remove(old);
        }
    }

    /// <summary>How many consecutive starts of <paramref name="gap"/> the wanted pairs and the longer gaps need.</summary>
    private int NeededStarts(int gap, int count, int pictures)
    {
        var reach = Offsets(gap).Max();
        return Math.Max(0, Math.Min(count + reach, pictures - gap));
    }

    /// <summary>Offsets from a pair's first frame at which a flow of <paramref name="gap"/> is used, through all longer gaps.</summary>
    private IEnumerable<int> Offsets(int gap)
    {
        yield return 0;
        foreach (var longer in _plan.Gaps)
        {
            if (longer <= gap || _plan.Parts(longer) is not var (a, b)) continue;
            foreach (var offset in Offsets(longer))
            {
                if (a == gap) yield return offset;
                if (b == gap) yield return offset + a;
            }
        }
    }

    private bool NeededAfter(int gap, int done) =>
        _plan.Gaps.Any(g => g > done && _plan.Parts(g) is var (a, b) && (a == gap || b == gap));

    private TwoWay[] Level(int gap, int starts, Raster<byte>[] pictures, Dictionary<int, TwoWay[]> levels,
        CancellationToken cancellation)
    {
        var flows = new TwoWay[starts];
        var parts = _plan.Parts(gap);
        Parallel.For(0, starts, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            Raster<float>? forward = null, backward = null;
            if (parts is var (a, b))
            {
                TwoWay near = levels[a][i], far = levels[b][i + a];
                forward = FlowSampling.Compose(near.Forward, far.Forward);
                backward = FlowSampling.Compose(far.Backward, near.Backward);
            }

            flows[i] = new TwoWay(_flow(pictures[i], pictures[i + gap], forward), _flow(pictures[i + gap], pictures[i], backward));
        });
        return flows;
    }

    private FlowPair Shrink(int frame1, int gap, TwoWay flow)
    {
        var forward = Shrink(flow.Forward);
        var backward = Shrink(flow.Backward);
        return new FlowPair(frame1, frame1 + gap, forward, backward,
            FlowConsistency.Valid(forward, backward, _settings.ConsistencyPixels, _settings.ConsistencyRelative),
            FlowConsistency.Valid(backward, forward, _settings.ConsistencyPixels, _settings.ConsistencyRelative));
    }

    private Raster<float> Shrink(Raster<float> flow)
    {
        var (w, h) = (_settings.TrainWidth, _settings.TrainHeight);
        return FlowSampling.Scale(Resize.Area(flow, w, h), (float)w / flow.Width, (float)h / flow.Height);
    }

    private readonly record struct TwoWay(Raster<float> Forward, Raster<float> Backward);
}
