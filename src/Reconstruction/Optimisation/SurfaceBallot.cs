namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Weighted votes on a log depth between two bounds, counted in bins: enough to tell surfaces apart.</summary>
internal ref struct SurfaceBallot(Span<float> weights, Span<float> sums)
{
    public const int Bins = 48;

    private readonly Span<float> _weights = weights;
    private readonly Span<float> _sums = sums;
    private float _low, _binsPerUnit, _total;

    /// <summary>Begins anew. Votes beyond the bounds count for the outermost bins.</summary>
    public void Open(float low, float high)
    {
        _weights.Clear();
        _sums.Clear();
        (_low, _binsPerUnit, _total) = (low, Bins / Math.Max(high - low, 1e-6f), 0);
    }

    public void Vote(float logDepth, float weight)
    {
        var bin = Math.Clamp((int)((logDepth - _low) * _binsPerUnit), 0, Bins - 1);
        _weights[bin] += weight;
        _sums[bin] += weight * logDepth;
        _total += weight;
    }

    /// <summary>The mean of the bin up to which nearer votes have this share of the weight. There must be a vote with a weight.</summary>
    public readonly float Quantile(float share)
    {
        var bin = 0;
        for (var below = _weights[0]; bin < Bins - 1 && below < _total * share;) below += _weights[++bin];
        return _sums[bin] / _weights[bin];
    }
}
