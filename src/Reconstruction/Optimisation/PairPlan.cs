using Depth3D.Messages;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Which pairs a step of the network method looks at: random groups without replacement within an epoch (spec 4.3). A function of
/// (seed, step) only. Only forward pairs are trained (spec 3.3).
/// </summary>
internal sealed class PairPlan
{
    private const int OrderStream = 11;
    private readonly NetworkSettings _settings;
    private readonly FrameTargets[] _groups;
    private readonly int _stepsPerEpoch;
    private (int Round, int[] Order) _latest = (-1, []);

    /// <exception cref="Depth3DException">The clip has no such pair, or gaps do not fit sub-sampling.</exception>
    public PairPlan(TrainingClip clip, NetworkSettings settings)
    {
        _settings = settings;
        if (settings.Subsample && settings.Gaps.Any(g => g % 2 != 0))
            throw new Depth3DException($"gaps {string.Join(",", settings.Gaps)} with subsample; expected even gaps", "--set", null, FailureKind.Usage);
        var frames = clip.FlowsFrom.Select((flows, i) => new FrameTargets(i, [.. flows.Where(f => IsTrained(f, clip.Frames))])).Where(g => g.Pairs > 0);
        _groups = settings.Batching == PairBatching.Frame ? [.. frames] : [.. frames.SelectMany(g => g.Split(1))];
        if (_groups.Length == 0)
        {
            throw new Depth3DException("no pair of frames with these gaps has valid flow; there is nothing to optimise against", null,
                "check the clip with `depth3d doctor` and its preflight report");
        }

        _stepsPerEpoch = settings.StepsPerEpoch(clip.Frames);
    }

    /// <summary>Pairs that training can draw.</summary>
    public int Pairs => _groups.Sum(g => g.Pairs);

    public IReadOnlyList<FrameTargets> Groups => _groups;

    /// <param name="step">Counted from the first step of warm-up.</param>
    public IReadOnlyList<FrameTargets> Step(int step)
    {
        var (epoch, within) = (step / _stepsPerEpoch, step % _stepsPerEpoch);
        return [.. Enumerable.Range(0, _settings.BatchSize).Select(b => Group(epoch, (within * _settings.BatchSize) + b))];
    }

    private FrameTargets Group(int epoch, int draw)
    {
        var round = (epoch * ((_stepsPerEpoch * _settings.BatchSize / _groups.Length) + 1)) + (draw / _groups.Length);
        if (_latest.Round != round) _latest = (round, Order(round));
        return _groups[_latest.Order[draw % _groups.Length]];
    }

    private int[] Order(int round)
    {
        var random = new CounterRandom(_settings.Seed, round, OrderStream);
        var order = Enumerable.Range(0, _groups.Length).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1, (ulong)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private bool IsTrained(DirectedFlow flow, int frames)
    {
        var gap = flow.To - flow.From;
        return gap > 0 && _settings.Gaps.Contains(gap) && (!_settings.SkipLastPair || flow.To < frames - 1);
    }
}
