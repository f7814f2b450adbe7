using Depth3D.Imaging;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Reconstruction.Tests.Priors;

public class MovingPlacementTests
{
    [Fact]
    public void What_stands_keeps_its_contact_depth_and_noise_is_smoothed()
    {
        // Walks from 4 to 6 units away; its size shrinks in proportion; contact depth is 3 % noisy.
        var track = Enumerable.Range(0, 20).Select(i =>
        {
            var depth = 4 + (0.1 * i);
            return (Region(i, (int)(64000 / (depth * depth))), Math.Log(depth) + (i % 2 == 0 ? 0.03 : -0.03));
        }).ToArray();
        var smooth = MovingPlacement.Smooth(track);
        for (var i = 3; i < 17; i++) Assert.Equal(4 + (0.1 * i), Math.Exp(smooth[i]), 0.12);
        for (var i = 1; i < 20; i++) Assert.True(Math.Abs(smooth[i] - smooth[i - 1]) < 0.04);
    }

    [Fact]
    public void What_bounces_is_brought_to_where_it_touches_the_ground()
    {
        // 5 units away all the time; seen against the ground up to twice as far while it is in the air.
        var track = Enumerable.Range(0, 24).Select(i =>
            (Region(i, 900), Math.Log(5 * (1 + Math.Abs(Math.Sin(i * Math.PI / 8)))))).ToArray();
        var smooth = MovingPlacement.Smooth(track);
        Assert.All(smooth, log => Assert.InRange(Math.Exp(log), 4.9, 6.9));
    }

    [Fact]
    public void A_region_on_the_ground_is_observed_at_the_depth_of_the_ground_below_it()
    {
        // Ground: depth 100 / row. The region's feet are on row 39, the wall behind is further.
        var depth = new Raster<float>(80, 60);
        for (var y = 0; y < 60; y++) for (var x = 0; x < 80; x++) depth[x, y] = y < 25 ? 10 : 100f / y;
        var mask = new Raster<byte>(80, 60);
        for (var y = 10; y < 40; y++) for (var x = 30; x < 42; x++) mask[x, y] = 255;
        var (regions, labels) = new MovingRegionTracks().Add(0, mask, null);
        var z = Math.Exp(MovingPlacement.Observe(Assert.Single(regions), labels, mask, depth));
        Assert.InRange(z, 100.0 / 46, 100.0 / 39);
    }

    [Fact]
    public void A_region_cut_off_below_is_nearer_than_what_it_hides()
    {
        var depth = new Raster<float>(80, 60);
        Array.Fill(depth.Samples, 8f);
        var mask = new Raster<byte>(80, 60);
        for (var y = 10; y < 60; y++) for (var x = 30; x < 52; x++) mask[x, y] = 255;
        var (regions, labels) = new MovingRegionTracks().Add(0, mask, null);
        Assert.InRange(Math.Exp(MovingPlacement.Observe(regions[0], labels, mask, depth)), 4, 7);
    }

    [Fact]
    public void Tracks_follow_the_flow_and_new_regions_get_new_ones()
    {
        var tracks = new MovingRegionTracks();
        var first = Boxes((5, 5), (40, 20));
        var flow = new Raster<float>(64, 48, 2);
        for (var i = 0; i < flow.Samples.Length; i += 2) flow.Samples[i] = 9;
        var a = tracks.Add(0, first, null).Regions;
        var b = tracks.Add(1, Boxes((14, 5), (49, 20), (5, 38)), flow).Regions;
        Assert.Equal([0, 1], a.Select(r => r.TrackIndex));
        Assert.Equal(0, b.Single(r => r.Component.X == 14).TrackIndex);
        Assert.Equal(1, b.Single(r => r.Component.X == 49).TrackIndex);
        Assert.Equal(2, b.Single(r => r.Component.X == 5).TrackIndex);
        Assert.Equal(3, tracks.Count);
    }

    private static MovingRegion Region(int frame, int area) => new(frame, 0, new Component(1, 10, 10, 20, 20, area), 1, Truncated: false);

    private static Raster<byte> Boxes(params (int X, int Y)[] corners)
    {
        var mask = new Raster<byte>(64, 48);
        foreach (var (left, top) in corners)
            for (var y = top; y < top + 8; y++) for (var x = left; x < left + 8; x++) mask[x, y] = 255;
        return mask;
    }
}
