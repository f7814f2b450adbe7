namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Running sums of the measures over one region; added in a fixed order, so the result does not depend on threads.</summary>
internal struct MetricSums
{
    private long _pixels, _within, _flickerPixels;
    private double _absRel, _squaredLog, _flicker;

    public void AddDepth(double depth, double truth)
    {
        var log = Math.Log(depth / truth);
        _pixels++;
        _absRel += Math.Abs(depth - truth) / truth;
        _squaredLog += log * log;
        if (Math.Abs(log) < Math.Log(1.25)) _within++;
    }

    public void AddFlicker(double error)
    {
        _flickerPixels++;
        _flicker += error;
    }

    public void Add(in MetricSums other)
    {
        _pixels += other._pixels;
        _within += other._within;
        _flickerPixels += other._flickerPixels;
        _absRel += other._absRel;
        _squaredLog += other._squaredLog;
        _flicker += other._flicker;
    }

    public readonly DepthMetricsRow Row(string what, string region, string protocol) => new(
        what, region, protocol, _pixels, _absRel / _pixels, Math.Sqrt(_squaredLog / _pixels), (double)_within / _pixels,
        _flicker / _flickerPixels);
}
