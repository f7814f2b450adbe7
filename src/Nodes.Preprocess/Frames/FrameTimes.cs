namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>Times from the first frame and the rate of the videos made from them.</summary>
/// <param name="Warning">Set when the source's own times make no sense.</param>
internal sealed record FrameTimes(double[] Seconds, double FramesPerSecond, string? Warning)
{
    public const double Fallback = 24;
    private const double LeastRate = 0.1, MostRate = 480;

    /// <param name="seconds">As read, at least two.</param>
    /// <param name="announcedRate">What the source says for the frames taken; 0 when it says nothing.</param>
    public static FrameTimes Of(IReadOnlyList<double> seconds, double announcedRate)
    {
        var steps = new double[seconds.Count - 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = seconds[i + 1] - seconds[i];
        Array.Sort(steps);
        var median = steps[steps.Length / 2];
        var rate = median > 0 ? 1 / median : double.PositiveInfinity;
        if (!(announcedRate > 0) || rate is not (>= LeastRate and <= MostRate))
        {
            var even = Enumerable.Range(0, seconds.Count).Select(i => Math.Round(i / Fallback, 6)).ToArray();
            var said = !(announcedRate > 0) ? "no usable frame rate" : FormattableString.Invariant($"{rate:G4} frames per second");
            return new FrameTimes(even, Fallback, $"The file has {said}; {Fallback} frames per second are assumed.");
        }

        // Times are rounded to the container's ticks; a rate within that of the announced one is the announced one.
        if (Math.Abs((rate / announcedRate) - 1) < 0.02) rate = announcedRate;
        return new FrameTimes(seconds.Select(s => Math.Round(s - seconds[0], 6)).ToArray(), Math.Round(rate, 6), null);
    }
}
