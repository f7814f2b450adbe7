using Depth3D.Imaging;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Tests.Masks;

public class MaskRegionsTests
{
    [Fact]
    public void Holes_are_filled_up_to_a_size_and_only_inside()
    {
        var mask = Box(20, 20, 2, 2, 12, 12);
        mask[5, 5] = 0;
        for (var y = 8; y < 12; y++) for (var x = 8; x < 12; x++) mask[x, y] = 0;
        MaskRegions.FillHoles(mask, 10);
        Assert.Equal(255, mask[5, 5]);
        Assert.Equal(0, mask[9, 9]);
        Assert.Equal(0, mask[0, 0]);
    }

    [Fact]
    public void Only_the_largest_of_the_kept_regions_stays()
    {
        var mask = Box(30, 20, 1, 1, 6, 6);
        for (var y = 10; y < 18; y++) for (var x = 20; x < 28; x++) mask[x, y] = 255;
        MaskRegions.Keep(mask, (region, _) => region.Area > 10, largestOnly: true);
        Assert.Equal(0, mask[2, 2]);
        Assert.Equal(255, mask[24, 12]);
        Assert.Equal(64 / 600.0, MaskRegions.Share(mask), 1e-9);
    }

    [Fact]
    public void The_temporal_median_follows_the_flow_and_ignores_what_is_not_valid()
    {
        Raster<float> centre = new(8, 4), before = new(8, 4), after = new(8, 4);
        centre[4, 2] = 9; // an outlier in one frame only
        before[3, 2] = 1;
        after[5, 2] = 2;
        var result = TemporalMedian.Of(centre, [(before, Flow(-1), Ones()), (after, Flow(1), Ones())]);
        Assert.Equal(2, result[4, 2]);
        var blind = TemporalMedian.Of(centre, [(before, Flow(-1), new(8, 4)), (after, Flow(1), new(8, 4))]);
        Assert.Equal(9, blind[4, 2]);

        static Raster<float> Flow(float du)
        {
            var flow = new Raster<float>(8, 4, 2);
            for (var i = 0; i < flow.Samples.Length; i += 2) flow.Samples[i] = du;
            return flow;
        }

        static Raster<byte> Ones()
        {
            var ones = new Raster<byte>(8, 4);
            Array.Fill(ones.Samples, (byte)1);
            return ones;
        }
    }

    private static Raster<byte> Box(int width, int height, int left, int top, int w, int h)
    {
        var mask = new Raster<byte>(width, height);
        for (var y = top; y < top + h; y++) for (var x = left; x < left + w; x++) mask[x, y] = 255;
        return mask;
    }
}
