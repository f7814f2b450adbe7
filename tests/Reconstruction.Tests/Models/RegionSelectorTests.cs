using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Tests.Models;

public sealed class RegionSelectorTests
{
    /// <summary>A 6x4 block on the left, a 3x3 block on the right, one lonely pixel.</summary>
    private static Raster<float> Scene()
    {
        var p = new Raster<float>(20, 10);
        for (var y = 2; y < 6; y++) p.Row(y)[1..7].Fill(0.9f);
        for (var y = 5; y < 8; y++) p.Row(y)[14..17].Fill(0.6f);
        p[10, 1] = 1;
        return p;
    }

    private static int Area(Raster<byte> mask) => mask.Samples.Count(v => v == 255);

    [Fact]
    public void Each_part_of_the_rule_does_what_it_says()
    {
        Assert.Equal(24 + 9 + 1, Area(new RegionSelector().Select(Scene())));
        Assert.Equal(24 + 1, Area(new RegionSelector { Threshold = 0.7 }.Select(Scene())));
        Assert.Equal(24 + 9, Area(new RegionSelector { MinAreaShare = 0.02 }.Select(Scene())));
        Assert.Equal(24, Area(new RegionSelector { LargestOnly = true }.Select(Scene())));
        Assert.Equal(9, Area(new RegionSelector { Region = [0.6, 0, 0.4, 1] }.Select(Scene())));
        Assert.Equal(9, Area(new RegionSelector { Region = [0.6, 0, 0.4, 1], LargestOnly = true }.Select(Scene())));
        Assert.Equal(0, Area(new RegionSelector { MinAreaShare = 0.5 }.Select(Scene())));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(0.5, 1.5, null)]
    [InlineData(0.5, double.NaN, null)]
    [InlineData(0.5, 0, new double[] { 0, 0, 1 })]
    [InlineData(0.5, 0, new double[] { 0, 0, 0, 1 })]
    [InlineData(0.5, 0, new double[] { -1, 0, 1, 1 })]
    public void Options_out_of_range_are_refused(double threshold, double area, double[]? region) => Assert.Equal(FailureKind.Usage,
        Assert.Throws<Depth3DException>(() => new RegionSelector { Threshold = threshold, MinAreaShare = area, Region = region }.Select(Scene())).Kind);

    [Fact]
    public void Neighbours_fill_a_frame_in_which_the_object_was_missed_and_outvote_a_single_find()
    {
        // An object that moves 2 training-size pixels (4 working-size ones) to the right per frame.
        Raster<float> At(int frame)
        {
            var p = new Raster<float>(40, 20);
            for (var y = 4; y < 16; y++) p.Row(y).Slice(12 + (4 * frame), 8).Fill(1);
            return p;
        }

        MotionView View(int gap)
        {
            var flow = new Raster<float>(20, 10, 2);
            for (var i = 0; i < flow.Samples.Length; i += 2) flow.Samples[i] = 2 * gap;
            var valid = new Raster<byte>(20, 10);
            Array.Fill(valid.Samples, (byte)1);
            return new MotionView(gap, flow, valid);
        }

        MotionView[] views = [View(-2), View(-1), View(1), View(2)];
        var missed = ProbabilityFollower.Fuse(new Raster<float>(40, 20), views, At);
        var mask = new RegionSelector().Select(missed);
        Assert.Equal(8 * 12, Area(mask));
        Assert.Equal(255, mask[12, 4]);
        Assert.Equal(0, mask[11, 4]);

        var lonely = ProbabilityFollower.Fuse(At(0), views, _ => new Raster<float>(40, 20));
        Assert.Equal(0, Area(new RegionSelector().Select(lonely)));
        var unseen = ProbabilityFollower.Fuse(At(0), [View(1) with { Valid = new Raster<byte>(20, 10) }], _ => new Raster<float>(40, 20));
        Assert.Equal(8 * 12, Area(new RegionSelector().Select(unseen)));
    }
}
