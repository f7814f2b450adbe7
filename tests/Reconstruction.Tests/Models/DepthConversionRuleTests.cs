using Depth3D.Inference.Registry;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Reconstruction.Tests.Models;

public sealed class DepthConversionRuleTests
{
    [Fact]
    public void DisparityIsFittedDespiteOutliers()
    {
        var found = DepthConversionRule.Find(OutputKind.Disparity, Values(), Measured(d => (2 * d) + 0.1, 0.4));
        Assert.Equal(2, found.Slope, 0.01);
        Assert.Equal(0.1, found.Shift, 0.01);
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void AModelThatGivesDepthForDisparityIsNotFitted()
    {
        var found = DepthConversionRule.Find(OutputKind.Disparity, Values(), Measured(d => 2.5 - d, 0.1));
        Assert.Contains("gives depth, not disparity", Assert.Single(found.Warnings), StringComparison.Ordinal);
        Assert.True(found.Slope > 0);
    }

    private static float[] Values() => [.. Enumerable.Range(0, 500).Select(i => 0.2f + (i * 0.004f))];

    /// <summary>Disparities 0.2 to 2.2, the first share of them measured wrong.</summary>
    private static MeasuredDepths Measured(Func<double, double> inverseDepth, double outlierShare)
    {
        double[] model = [.. Enumerable.Range(0, 200).Select(i => 0.2 + (i * 73 % 200 * 0.01))];
        return new MeasuredDepths("sparse points", model, [.. model.Select((d, i) => i < outlierShare * 200 ? 0.3 + (i * 7 % 11) : inverseDepth(d))]);
    }
}
