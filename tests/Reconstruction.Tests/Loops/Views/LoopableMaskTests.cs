using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Reconstruction.Tests.Loops.Views;

/// <summary>Check D10 of the video-loop specification, and the long exposure of its section 1.4.</summary>
public sealed class LoopableMaskTests
{
    private const int Frames = 40;

    [Fact]
    public void A_ramp_cannot_loop() => Assert.All(Mask(t => 60 + (3 * t)), v => Assert.Equal(LoopableMask.Unloopable, v));

    [Fact]
    public void Noise_is_no_change()
    {
        var random = new Random(3);
        Assert.All(Mask(_ => 120 + random.Next(-5, 6)), v => Assert.Equal(LoopableMask.Unchanging, v));
    }

    [Fact]
    public void A_wave_loops() => Assert.All(Mask(t => 120 + (30 * Math.Sin(2 * Math.PI * 1.6 * t / Frames))), v => Assert.Equal(LoopableMask.Loopable, v));

    [Fact]
    public void One_channel_that_goes_one_way_is_enough()
    {
        var mask = LoopableMask.Of([.. Enumerable.Range(0, Frames).Select(t => Flat(120 + (30 * Math.Sin(t)), 100 + t, 50))]);
        Assert.Equal((0, 1, 0), LoopableMask.Shares(mask));
    }

    [Fact]
    public void The_long_exposure_leans_towards_what_deviates()
    {
        // 3 of 4 frames show 100, one shows 200: the mean is 125, the deviations are 25, 25, 25 and 75.
        var picture = LongExposure.Of([Flat(100, 100, 100), Flat(100, 100, 100), Flat(200, 200, 200), Flat(100, 100, 100)]);
        Assert.All(picture.Samples, v => Assert.Equal(150, v));
        Assert.All(LongExposure.Of([Flat(90, 80, 70)]).Samples.Chunk(3), p => Assert.Equal([90, 80, 70], p));
    }

    private static byte[] Mask(Func<int, double> value) => LoopableMask.Of([.. Enumerable.Range(0, Frames).Select(t =>
    {
        var frame = new Raster<byte>(24, 18, 3);
        for (var y = 0; y < 18; y += 2)
            for (var x = 0; x < 24; x += 2)
            {
                // Two by two pixels alike, so that the half-size pictures hold these very values.
                var v = (byte)Math.Clamp(Math.Round(value(t)), 0, 255);
                for (var i = 0; i < 12; i++) frame[x + (i / 3 % 2), y + (i / 6), i % 3] = v;
            }

        return frame;
    })]).Samples;

    private static Raster<byte> Flat(double r, double g, double b)
    {
        var frame = new Raster<byte>(16, 12, 3);
        for (var i = 0; i < frame.PixelCount; i++) (frame.Samples[3 * i], frame.Samples[(3 * i) + 1], frame.Samples[(3 * i) + 2]) = ((byte)r, (byte)g, (byte)b);
        return frame;
    }
}
