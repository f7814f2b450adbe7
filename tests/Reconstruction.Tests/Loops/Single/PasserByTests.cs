using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

public sealed class PasserByTests
{
    private const int Width = 120, Height = 68, Frames = 60;

    [Fact]
    public void WhoLeavesHisPlaceIsTakenOutInAllFrames()
    {
        var clip = Clip(t => t < 36 ? 30 + (3 * Math.Sin(t / 3.0)) : Math.Min(30 + ((t - 36) * 2.6), 72));

        var found = PasserByFinder.Find(clip);

        Assert.NotNull(found);
        Assert.InRange(found.Share, 0.06, 0.16);
        for (var t = 0; t < Frames; t += 4) Assert.True(Difference(found.Without(clip[t], t), Scene(t)) < 2.5, $"frame {t}: {Difference(found.Without(clip[t], t), Scene(t))}");
    }

    [Fact]
    public void NobodyIsFoundWhereThingsWaveOrStandStill()
    {
        Assert.Null(PasserByFinder.Find(Clip(t => 50 + (14 * Math.Sin(t / 4.0)))));
        Assert.Null(PasserByFinder.Find(Clip(_ => 50)));
    }

    /// <summary>A dark figure, 14 x 40, whose left edge is at <paramref name="left"/>.</summary>
    private static List<Raster<byte>> Clip(Func<int, double> left) => [.. Enumerable.Range(0, Frames).Select(t =>
    {
        var frame = Scene(t);
        for (var y = 24; y < 64; y++)
            for (var x = (int)left(t); x < (int)left(t) + 14; x++)
                (frame[x, y, 0], frame[x, y, 1], frame[x, y, 2]) = (20, 18, 24);
        return frame;
    })];

    /// <summary>Broad stripes that go on across the picture, and a corner of rippling water.</summary>
    private static Raster<byte> Scene(int t)
    {
        var frame = new Raster<byte>(Width, Height, 3);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var stripe = 150 + (50 * Math.Sin(y / 4.0)) + (10 * Math.Sin(x / 9.0));
                var ripple = x > 95 && y < 30 ? 30 * Math.Sin((x / 2.0) - t) : 0;
                for (var c = 0; c < 3; c++) frame[x, y, c] = (byte)Math.Clamp(stripe + ripple - (12 * c), 0, 255);
            }
        }

        return frame;
    }

    private static double Difference(Raster<byte> a, Raster<byte> b) => a.Samples.Zip(b.Samples, (x, y) => Math.Abs(x - y)).Average();
}
