using System.Diagnostics;

namespace Depth3D.TensorOverhead;

/// <summary>Two ways of doing the same work, timed in turns so that a busy neighbour slows both; medians.</summary>
internal sealed record Comparison(double ManagedSeconds, double NativeSeconds)
{
    internal double Ratio => ManagedSeconds / NativeSeconds;

    internal static Comparison Run(int rounds, Action managed, Action native)
    {
        managed();
        native();
        var (ours, theirs) = (new double[rounds], new double[rounds]);
        for (var i = 0; i < rounds; ++i)
        {
            if (i % 2 == 0) ours[i] = Seconds(managed);
            theirs[i] = Seconds(native);
            if (i % 2 == 1) ours[i] = Seconds(managed);
        }

        return new Comparison(Median(ours), Median(theirs));
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
