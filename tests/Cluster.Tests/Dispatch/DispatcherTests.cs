using Depth3D.Cluster.Dispatch;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Dispatch;

public sealed class DispatcherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_snapshot_is_served_without_waste_loss_or_doubling(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var clips = Enumerable.Range(0, random.Next(8))
                .Select(i => Work($"c{i}", random.Next(12), random.Next(3), random.Next(1, 5), random.NextDouble() * 10)).ToArray();
            var credits = random.Next(-2, 30);

            var released = Dispatcher.Decide(credits, clips);

            Assert.Equal(Math.Min(Math.Max(credits, 0), clips.Sum(c => c.Ready.Count)), released.Count);
            Assert.Equal(released.Count, released.Distinct().Count());
            foreach (var clip in clips)
            {
                var own = released.Where(r => r.Clip == clip.Clip).Select(r => r.Task).ToArray();
                Assert.Equal(clip.Ready.Take(own.Length), own);
            }

            var lowest = released.Count > 0 ? released.Min(r => clips.Single(c => c.Clip == r.Clip).Priority) : int.MaxValue;
            Assert.All(clips.Where(c => c.Priority > lowest), c => Assert.Equal(c.Ready.Count, released.Count(r => r.Clip == c.Clip)));
            Assert.Equal(released, Dispatcher.Decide(credits, clips.Reverse()));
        }
    }

    [Fact]
    public void Shares_over_time_are_the_weights()
    {
        int[] weights = [1, 2, 5];
        var passes = new double[3];
        var served = new int[3];
        for (var round = 0; round < 400; round++)
        {
            var clips = weights.Select((w, i) => Work($"c{i}", 10, 0, w, passes[i]));
            foreach (var (clip, _) in Dispatcher.Decide(2, clips))
            {
                var index = clip.Value[1] - '0';
                served[index]++;
                passes[index] += Dispatcher.Stride(weights[index]);
            }
        }

        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(served[i], 100 * weights[i] - 1, 100 * weights[i] + 1));
    }

    private static ClipWork Work(string clip, int ready, int priority, int weight, double pass) => new(
        new ClipId(clip), priority, weight, pass, Enumerable.Range(0, ready).Select(i => new TaskId("s", i)).ToArray());
}
