using Depth3D.Imaging;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Tests.Splatting;

public sealed class DepthEdgesTests
{
    [Fact]
    public void Pixels_between_two_surfaces_go_and_a_clean_edge_loses_nothing()
    {
        float[] row = [2, 2, 2, 3, 4, 5, 5, 5, 9, 9];
        var keep = DepthEdges.OnSurface(Rows(row, 3));
        Assert.Equal([true, true, true, false, false, true, true, true, true, true], keep[10..20]);
    }

    [Fact]
    public void A_slanted_plane_is_a_surface()
    {
        var depth = new Raster<float>(40, 30);
        for (var y = 0; y < 30; y++)
            for (var x = 0; x < 40; x++)
                depth[x, y] = 1 / (0.02f + (0.001f * (y + 18)) + (0.0005f * x));
        Assert.All(DepthEdges.OnSurface(depth), Assert.True);
    }

    [Fact]
    public void Holes_are_no_surface_and_the_unit_does_not_matter()
    {
        float[] row = [2, 2, 0, float.NaN, 2, 2, float.PositiveInfinity, 2.4f, 3, -1];
        var keep = DepthEdges.OnSurface(Rows(row, 1));
        Assert.Equal([true, true, false, false, true, true, false, false, false, false], keep);
        Assert.Equal(keep, DepthEdges.OnSurface(Rows([.. row.Select(z => z * 1000)], 1)));
    }

    private static Raster<float> Rows(float[] row, int count) => new(row.Length, count, 1, [.. Enumerable.Repeat(row, count).SelectMany(r => r)]);
}
