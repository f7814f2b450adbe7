using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Tests.Evaluation;

public sealed class TemporalFlickerTests
{
    [Fact]
    public void It_is_the_mean_change_of_log_depth_along_the_flow()
    {
        var result = TemporalFlicker.Measure(3, i => Flat(i == 1 ? 3 : 2), _ => Still());
        Assert.Equal(Math.Log(1.5), result[DepthRegion.All], 1e-6);
        Assert.Equal(Math.Log(1.5), result[DepthRegion.Static], 1e-6);
        Assert.True(double.IsNaN(result[DepthRegion.Moving]));
    }

    [Fact]
    public void It_follows_the_flow_and_leaves_out_what_is_not_valid()
    {
        var first = Flat(2);
        var second = Flat(8);
        for (var y = 0; y < 4; y++)
            for (var x = 2; x < 8; x++) second[x, y] = 2;
        var (flow, valid) = Still();
        for (var i = 0; i < flow.PixelCount; i++) flow.Samples[2 * i] = 2;
        Assert.Equal(0, TemporalFlicker.Measure(2, i => i == 0 ? first : second, _ => (flow, valid))[DepthRegion.All], 1e-6);

        valid.Samples.AsSpan().Clear();
        Assert.True(double.IsNaN(TemporalFlicker.Measure(2, i => i == 0 ? first : second, _ => (flow, valid))[DepthRegion.All]));
    }

    [Fact]
    public void Moving_pixels_are_told_apart_and_other_sizes_resampled()
    {
        var mask = new Raster<byte>(8, 4);
        mask[0, 0] = 255;
        var second = new Raster<float>(16, 8);
        second.Samples.AsSpan().Fill(2);
        second[0, 0] = second[1, 0] = second[0, 1] = second[1, 1] = 4;
        var result = TemporalFlicker.Measure(2, i => i == 0 ? Flat(2) : second, _ => Still(), _ => mask);
        Assert.Equal(Math.Log(2), result[DepthRegion.Moving], 1e-6);
        Assert.Equal(0, result[DepthRegion.Static], 1e-6);
        Assert.Equal(Math.Log(2) / 32, result[DepthRegion.All], 1e-6);
    }

    private static Raster<float> Flat(float depth)
    {
        var map = new Raster<float>(8, 4);
        map.Samples.AsSpan().Fill(depth);
        return map;
    }

    private static (Raster<float>, Raster<byte>) Still()
    {
        var valid = new Raster<byte>(8, 4);
        valid.Samples.AsSpan().Fill(1);
        return (new Raster<float>(8, 4, 2), valid);
    }
}
