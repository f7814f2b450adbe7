using Depth3D.Imaging;
using Depth3D.Messages;
using MathNet.Numerics.Statistics;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Collects what the protocols need over a clip, frame by frame in order, then gives each frame's alignment.</summary>
internal sealed class ClipAlignment
{
    /// <summary>Ratios kept per frame for the clip's median; more do not change it visibly.</summary>
    private const int RatiosPerFrame = 20_000;

    /// <summary>A fitted inverse depth may go down to this share of the smallest true one, not to zero or below.</summary>
    private const double FloorShare = 0.1;

    private readonly List<float> _ratios = [];
    private readonly List<double> _frameFactors = [];
    private double _n, _p, _g, _pp, _pg;
    private double _minTrueDisparity = double.PositiveInfinity;

    public void Add(Raster<float> truth, Raster<float> prediction)
    {
        var frame = new List<float>(truth.PixelCount);
        double n = 0, p = 0, g = 0, pp = 0, pg = 0;
        for (var i = 0; i < truth.Samples.Length; i++)
        {
            if (!Usable(truth.Samples[i]) || !Usable(prediction.Samples[i])) continue;
            double x = 1.0 / prediction.Samples[i], y = 1.0 / truth.Samples[i];
            frame.Add(truth.Samples[i] / prediction.Samples[i]);
            _minTrueDisparity = Math.Min(_minTrueDisparity, y);
            n++;
            p += x;
            g += y;
            pp += x * x;
            pg += x * y;
        }

        (_n, _p, _g, _pp, _pg) = (_n + n, _p + p, _g + g, _pp + pp, _pg + pg);
        var stride = Math.Max(1, frame.Count / RatiosPerFrame);
        for (var i = 0; i < frame.Count; i += stride) _ratios.Add(frame[i]);
        _frameFactors.Add(frame.Count == 0 ? double.NaN : Statistics.Median(frame.Select(r => (double)r)));
    }

    /// <summary>One alignment per frame.</summary>
    /// <exception cref="Depth3DException">No pixel has both a true and a predicted depth.</exception>
    public Func<int, DepthAlignment> For(AlignmentProtocol protocol)
    {
        if (_n == 0) throw new Depth3DException("no pixel has both a true and a predicted depth", remedy: "check that both folders hold the same clip");
        switch (protocol)
        {
            case AlignmentProtocol.Scale:
                var factor = DepthAlignment.DepthFactor(Statistics.Median(_ratios.Select(r => (double)r)));
                return _ => factor;
            case AlignmentProtocol.ScaleShift:
                var affine = Affine();
                return _ => affine;
            default:
                return i => DepthAlignment.DepthFactor(double.IsNaN(_frameFactors[i]) ? 1 : _frameFactors[i]);
        }
    }

    public static bool Usable(float depth) => depth > 0 && float.IsFinite(depth);

    private DepthAlignment Affine()
    {
        var variance = (_n * _pp) - (_p * _p);
        // A constant prediction has no slope to fit: the mean is its best affine map.
        var scale = variance > 1e-12 * _n * _pp ? ((_n * _pg) - (_p * _g)) / variance : 0;
        return new DepthAlignment(scale, (_g - (scale * _p)) / _n, FloorShare * _minTrueDisparity);
    }
}
