using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class EarlyStopTests
{
    [Theory]
    [InlineData(new[] { 0.5, 0.4, 0.3 }, 2)]
    [InlineData(new[] { 0.5, 0.3, 0.4 }, 1)]
    [InlineData(new[] { 0.5, 0.3, 0.302 }, 2)] // within the margin: the one trained longer
    [InlineData(new[] { double.NaN, double.NaN }, 1)] // nothing is held out
    public void TheBestIsTheLatestOfTheLowest(double[] scores, int best) => Assert.Equal(best, EarlyStop.Best(Checks(scores)));

    [Fact]
    public void WarmupIsNoCandidate()
    {
        TrainCheck[] checks = [.. Checks([1.0]).Select(c => c with { Warmup = true })];
        Assert.Equal(-1, EarlyStop.Best(checks));
        Assert.False(EarlyStop.IsDue(checks, 1));
    }

    [Theory]
    [InlineData(new[] { 0.5 }, 1, false)]
    [InlineData(new[] { 0.5, 0.4 }, 1, false)]
    [InlineData(new[] { 0.5, 0.499 }, 1, true)]
    [InlineData(new[] { 0.5, 0.6, 0.4 }, 2, false)]
    [InlineData(new[] { 0.5, 0.6, 0.55 }, 2, true)]
    [InlineData(new[] { 0.5, 0.6, 0.7 }, 0, false)]
    [InlineData(new[] { double.NaN, double.NaN, double.NaN }, 1, false)]
    public void StopsWhenPatienceRunsOut(double[] scores, int patience, bool stops) => Assert.Equal(stops, EarlyStop.IsDue(Checks(scores), patience));

    private static TrainCheck[] Checks(double[] scores) =>
        [new(-1, 0, false, double.NaN, 1, 1, 1, 1), .. scores.Select((s, i) => new TrainCheck(i, 100 * (i + 1), false, 1, 1, 1, s, 1))];
}
