using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Pixels;

public sealed class FiltersTests
{
    [Fact]
    public void Smoothing_keeps_a_constant()
    {
        var image = new Raster<float>(30, 20);
        Array.Fill(image.Samples, 7.5f);
        foreach (var result in new[]
        {
            Filters.GaussianBlur(image, 2), Filters.MedianBlur(image, 5), Filters.BoxMean(image, 3), Filters.Bilateral(image, 5, 1, 2),
            Filters.Dilate(image, 2), Filters.Erode(image, 2), Filters.GuidedFilter(image, image, 4, 1e-3),
        })
        {
            Assert.All(result.Samples, value => Assert.Equal(7.5f, value, 1e-3f));
        }
    }

    [Fact]
    public void A_gaussian_has_the_sigma_it_was_given()
    {
        var image = new Raster<float>(41, 41);
        image[20, 20] = 1;
        var result = Filters.GaussianBlur(image, 2.5);
        double sum = 0, variance = 0;
        for (var y = 0; y < 41; y++)
            for (var x = 0; x < 41; x++) (sum, variance) = (sum + result[x, y], variance + (result[x, y] * (x - 20) * (x - 20)));
        Assert.Equal(1, sum, 1e-4);
        Assert.Equal(2.5, Math.Sqrt(variance), 0.02);
    }

    [Fact]
    public void A_median_drops_a_single_pixel()
    {
        var image = new Raster<float>(9, 9);
        image[4, 4] = 100;
        Assert.All(Filters.MedianBlur(image, 3).Samples, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dilating_is_a_disc_and_closing_fills_a_hole()
    {
        var mask = new Raster<byte>(11, 11);
        mask[5, 5] = 255;
        var disc = Filters.Dilate(mask, 2);
        Assert.Equal((255, 255, 0), (disc[7, 5], disc[5, 3], disc[7, 7]));
        disc[5, 5] = 0;
        Assert.Equal(255, Filters.Close(disc, 1)[5, 5]);
        Assert.Equal(0, Filters.Open(mask, 1)[5, 5]);
    }

    [Fact]
    public void Components_have_areas_and_boxes()
    {
        var mask = new Raster<byte>(20, 10);
        for (var x = 2; x < 6; x++) mask[x, 3] = 255;
        (mask[10, 5], mask[11, 6]) = (1, 1); // touching by a corner
        var found = Filters.ConnectedComponents(mask);
        Assert.Equal([new Component(1, 2, 3, 4, 1, 4), new Component(2, 10, 5, 2, 2, 2)], found.Regions);
        Assert.Equal((1, 2, 0), (found.Labels[2, 3], found.Labels[11, 6], found.Labels[0, 0]));
        Assert.Empty(Filters.ConnectedComponents(new Raster<byte>(5, 5)).Regions);
    }

    [Fact]
    public void Distances_are_euclidean()
    {
        var mask = new Raster<byte>(21, 21);
        Array.Fill(mask.Samples, (byte)255);
        mask[10, 10] = 0;
        var distance = Filters.DistanceTransform(mask);
        Assert.Equal(5, distance[13, 14], 1e-4f);
        Assert.Equal(0, distance[10, 10]);
    }

    [Fact]
    public void Inpainting_a_ramp_continues_it()
    {
        var image = new Raster<float>(40, 40);
        var mask = new Raster<byte>(40, 40);
        for (var y = 0; y < 40; y++)
            for (var x = 0; x < 40; x++) image[x, y] = x;
        for (var y = 17; y < 23; y++)
            for (var x = 17; x < 23; x++) (image[x, y], mask[x, y]) = (999, 255);
        var filled = Filters.Inpaint(image, mask);
        for (var x = 17; x < 23; x++) Assert.Equal(x, filled[x, 20], 4f);
        Assert.Equal(10, filled[10, 10]);
    }

    [Fact]
    public void Grab_cut_finds_the_bright_square_and_repeats_itself()
    {
        var image = Pictures.Noise(64, 64, 3, r => (byte)r.Next(30));
        for (var y = 20; y < 44; y++)
            for (var x = 20; x < 44; x++) (image[x, y, 0], image[x, y, 1]) = ((byte)(220 + (x % 20)), 200);
        var labels = new Raster<byte>(64, 64);
        for (var y = 10; y < 54; y++)
            for (var x = 10; x < 54; x++) labels[x, y] = GrabCutLabel.ProbablyForeground;
        var cut = Filters.GrabCut(image, labels);
        Assert.Equal(cut.Samples, Filters.GrabCut(image, labels).Samples);
        Assert.InRange(cut.Samples.Count(GrabCutLabel.IsForeground), 500, 660);
        Assert.True(GrabCutLabel.IsForeground(cut[32, 32]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_guided_filter_smooths_but_keeps_the_guides_edge(int channels)
    {
        var guide = new Raster<float>(40, 20, channels);
        var source = new Raster<float>(40, 20);
        var random = new Random(3);
        for (var y = 0; y < 20; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                for (var c = 0; c < channels; c++) guide[x, y, c] = x < 20 ? 0.2f : 0.8f;
                source[x, y] = (x < 20 ? 1 : 3) + ((random.NextSingle() - 0.5f) * 0.4f);
            }
        }

        var result = Filters.GuidedFilter(guide, source, 5, 1e-4);
        Assert.Equal(1, result[18, 10], 0.12f);
        Assert.Equal(3, result[21, 10], 0.12f);
    }

    [Fact]
    public void Sharpness_falls_when_blurred()
    {
        var sharp = Pictures.Texture(64, 64);
        Assert.True(Filters.LaplacianVariance(sharp) > 4 * Filters.LaplacianVariance(Filters.GaussianBlur(sharp, 2)));
    }

    [Fact]
    public void The_librarys_reason_reaches_the_error()
    {
        var error = Assert.Throws<Depth3DException>(() => Filters.MedianBlur(new Raster<byte>(8, 8), 4));
        Assert.StartsWith("median: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("ksize", error.Message, StringComparison.Ordinal);
    }
}
