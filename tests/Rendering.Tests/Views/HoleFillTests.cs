using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Tests.Views;

public sealed class HoleFillTests
{
    [Fact]
    public void A_hole_between_a_near_and_a_far_surface_gets_the_far_ones_colour()
    {
        var layer = new ViewLayer(30, 10);
        for (var y = 0; y < 10; y++)
            for (var x = 0; x < 30; x++)
                if (x is < 10 or >= 20) Set(layer, x, y, x < 10 ? 200 : 50, x < 10 ? 2 : 9);
        HoleFill.Fill(layer);
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(255, layer.Rgba[(4 * i) + 3]);
            Assert.Equal(i % 30 < 10 ? 200 : 50, layer.Rgba[4 * i]);
        }
    }

    [Fact]
    public void Where_nothing_is_covered_nothing_is_invented()
    {
        var layer = new ViewLayer(8, 8);
        HoleFill.Fill(layer);
        Assert.All(layer.Rgba.Where((_, i) => i % 4 != 3), v => Assert.Equal(0, v));
    }

    private static void Set(ViewLayer layer, int x, int y, int grey, float depth)
    {
        var i = (y * layer.Width) + x;
        layer.Rgba.AsSpan(4 * i, 3).Fill((byte)grey);
        layer.Rgba[(4 * i) + 3] = 255;
        layer.Depth[i] = depth;
    }
}
