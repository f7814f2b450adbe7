using Depth3D.Imaging;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Tests.Masks;

public class ObjectCutTests
{
    private const int Width = 64, Height = 48;

    [Fact]
    public void A_surface_is_taken_whole_when_a_part_of_it_is_marked()
    {
        var cut = ObjectCut.Run(Ratio(0.5f), SurfaceLinks.Of(Relative(3)));
        Assert.All(Pixels(20, 10, 40, 38), p => Assert.True(cut[p.X, p.Y] > 0.5f, $"{p}"));
        Assert.True(cut[10, 24] < 0.5f && cut[50, 24] < 0.5f && cut[30, 5] < 0.5f);
    }

    [Fact]
    public void Without_a_jump_around_it_only_the_marked_part_is_taken()
    {
        var cut = ObjectCut.Run(Ratio(0.05f), SurfaceLinks.Of(Relative(0)));
        Assert.True(cut[30, 14] > 0.5f);
        Assert.True(cut[30, 34] < 0.5f);
    }

    [Fact]
    public void A_speck_does_not_take_the_surface_it_lies_on()
    {
        var ratio = Ratio(0.05f);
        for (var i = 0; i < ratio.Samples.Length; i++) ratio.Samples[i] = Math.Min(ratio.Samples[i], 0.05f);
        ratio[30, 20] = ratio[31, 20] = ratio[30, 21] = 20;
        var cut = ObjectCut.Run(ratio, SurfaceLinks.Of(Relative(3)));
        Assert.True(cut[30, 34] < 0.5f);
    }

    /// <summary>Strong evidence on the upper half of a rectangle, weak on its lower half, next to none outside.</summary>
    private static Raster<float> Ratio(float lower)
    {
        var ratio = new Raster<float>(Width, Height);
        Array.Fill(ratio.Samples, 0.05f);
        foreach (var (x, y) in Pixels(20, 10, 40, 38)) ratio[x, y] = y < 24 ? 8 : lower;
        return ratio;
    }

    /// <summary>The rectangle moves by so many pixels per frame more than what surrounds it.</summary>
    private static Raster<float> Relative(float jump)
    {
        var relative = new Raster<float>(Width, Height, 2);
        foreach (var (x, y) in Pixels(20, 10, 40, 38)) relative[x, y, 0] = jump;
        return relative;
    }

    private static IEnumerable<(int X, int Y)> Pixels(int left, int top, int right, int bottom)
    {
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) yield return (x, y);
    }
}
