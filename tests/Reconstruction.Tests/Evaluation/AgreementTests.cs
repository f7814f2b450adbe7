using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Tests.Evaluation;

public sealed class AgreementTests
{
    [Fact]
    public void Overlap_of_half_shifted_masks_is_a_third()
    {
        var a = Mask(8, x => x < 4);
        var b = Mask(8, x => x is >= 2 and < 6);
        Assert.Equal(2.0 / 6, MaskOverlap.IntersectionOverUnion(a, b), 12);
    }

    [Fact]
    public void Two_empty_masks_agree() => Assert.Equal(1, MaskOverlap.IntersectionOverUnion(Mask(8, _ => false), Mask(8, _ => false)));

    [Fact]
    public void A_mask_of_half_the_size_is_scaled() =>
        Assert.Equal(1, MaskOverlap.IntersectionOverUnion(Mask(4, x => x < 2), Mask(8, x => x < 4)));

    [Fact]
    public void Correlation_ignores_scale_and_shift_of_disparity()
    {
        var depth = new Raster<float>(8, 8);
        var disparity = new Raster<ushort>(8, 8);
        for (var i = 0; i < 64; i++)
        {
            depth.Samples[i] = 2 + i;
            disparity.Samples[i] = (ushort)(1000 + (60000 / (2 + i)));
        }

        Assert.Equal(1, DisparityAgreement.Measure(depth, disparity)[DepthRegion.All].Pearson, 4);
    }

    [Fact]
    public void Depth_mistaken_for_disparity_correlates_negatively()
    {
        var depth = new Raster<float>(8, 8);
        var disparity = new Raster<ushort>(8, 8);
        for (var i = 0; i < 64; i++)
        {
            depth.Samples[i] = 2 + i;
            disparity.Samples[i] = (ushort)(100 * i);
        }

        var all = DisparityAgreement.Measure(depth, disparity)[DepthRegion.All];
        Assert.True(all.Pearson < -0.5, $"{all}");
        Assert.Equal(-1, all.Spearman, 9);
    }

    [Fact]
    public void Regions_are_measured_apart_and_ranks_ignore_a_bent_scale()
    {
        var depth = new Raster<float>(8, 8);
        var disparity = new Raster<ushort>(8, 8);
        for (var i = 0; i < 64; i++)
        {
            depth.Samples[i] = 2 + i;
            var bent = Math.Pow(2.0 / (2 + i), 3);
            disparity.Samples[i] = (ushort)(i % 8 < 4 ? 60000 * bent : 100 * i);
        }

        var regions = DisparityAgreement.Measure(depth, disparity, Mask(8, x => x >= 4));
        Assert.InRange(regions[DepthRegion.Static].Spearman, 0.995, 1); // the smallest are equal after rounding
        Assert.InRange(regions[DepthRegion.Static].Pearson, 0.5, 0.97);
        Assert.Equal(-1, regions[DepthRegion.Moving].Spearman, 9);
        Assert.True(double.IsNaN(DisparityAgreement.Measure(depth, disparity)[DepthRegion.Moving].Pearson));
    }

    private static Raster<byte> Mask(int size, Func<int, bool> moving)
    {
        var mask = new Raster<byte>(size, size);
        for (var i = 0; i < mask.PixelCount; i++) mask.Samples[i] = moving(i % size) ? (byte)255 : (byte)0;
        return mask;
    }
}
