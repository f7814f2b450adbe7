namespace Depth3D.Imaging.Tests.Pixels;

public sealed class DisFlowTests
{
    [Theory]
    [InlineData(DisPreset.Fast)]
    [InlineData(DisPreset.Medium)]
    public void A_shifted_picture_flows_by_its_shift(DisPreset preset)
    {
        using var dis = new DisFlow(preset);
        var flow = dis.Compute(Pictures.Texture(192, 112), Pictures.Texture(192, 112, 3, -2));
        Assert.Equal(3, Median(flow, 0), 0.15);
        Assert.Equal(-2, Median(flow, 1), 0.15);
    }

    [Fact]
    public void A_first_guess_reaches_further_and_is_not_changed()
    {
        using var dis = new DisFlow(DisPreset.Fast);
        var guess = new Raster<float>(192, 112, 2);
        for (var i = 0; i < guess.PixelCount; i++) guess.Samples[2 * i] = 3;
        var copy = guess.Clone();
        var flow = dis.Compute(Pictures.Texture(192, 112), Pictures.Texture(192, 112, 3.5), guess);
        Assert.Equal(copy.Samples, guess.Samples);
        Assert.Equal(3.5, Median(flow, 0), 0.2);
    }

    [Fact]
    public void Threads_do_not_change_the_result()
    {
        var first = Pictures.Texture(160, 96);
        var second = Pictures.Texture(160, 96, 1.5, 0.5);
        var results = new Raster<float>[6];
        Parallel.For(0, results.Length, i =>
        {
            using var dis = new DisFlow(DisPreset.Fast);
            results[i] = dis.Compute(first, second);
        });
        Assert.All(results, result => Assert.Equal(results[0].Samples, result.Samples));
    }

    [Fact]
    public void Sizes_that_differ_are_refused()
    {
        using var dis = new DisFlow(DisPreset.Fast);
        Assert.Throws<ArgumentException>(() => dis.Compute(Pictures.Texture(64, 64), Pictures.Texture(65, 64)));
    }

    [Fact]
    public void A_closed_one_says_so()
    {
        var dis = new DisFlow(DisPreset.Fast);
        dis.Dispose();
        dis.Dispose();
        Assert.Throws<ObjectDisposedException>(() => dis.Compute(Pictures.Texture(64, 64), Pictures.Texture(64, 64)));
    }

    private static float Median(Raster<float> flow, int channel)
    {
        var values = new List<float>();
        for (var y = 16; y < flow.Height - 16; y++)
            for (var x = 16; x < flow.Width - 16; x++) values.Add(flow[x, y, channel]);
        values.Sort();
        return values[values.Count / 2];
    }
}
