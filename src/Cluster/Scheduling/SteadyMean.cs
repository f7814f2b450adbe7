namespace Depth3D.Cluster.Scheduling;

/// <summary>A mean that is right from the first value on and then follows slowly: of all values so far, later of about the last so many.</summary>
/// <param name="over">How many values it remembers.</param>
internal sealed class SteadyMean(int over)
{
    private int _count;

    /// <summary>Null before the first value.</summary>
    public double? Value { get; private set; }

    public void Add(double value)
    {
        if (_count < over) _count++;
        var mean = Value ?? 0;
        Value = mean + ((value - mean) / _count);
    }
}
