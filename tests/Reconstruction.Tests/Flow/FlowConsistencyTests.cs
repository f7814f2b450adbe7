using Depth3D.Imaging;
using Depth3D.Reconstruction.Flow;

namespace Depth3D.Reconstruction.Tests.Flow;

/// <summary>Checks C1 to C3 of the specification, and composition.</summary>
public class FlowConsistencyTests
{
    [Fact]
    public void C1_shift_by_three_leaves_the_border_it_came_from_or_goes_to_invalid()
    {
        Raster<float> forward = Constant(8, 4, 3, 0), backward = Constant(8, 4, -3, 0);
        var valid1 = FlowConsistency.Valid(forward, backward, 1);
        var valid2 = FlowConsistency.Valid(backward, forward, 1);
        for (var y = 0; y < 4; y++)
        {
            Assert.Equal([1, 1, 1, 1, 1, 0, 0, 0], valid1.Row(y).ToArray());
            Assert.Equal([0, 0, 0, 1, 1, 1, 1, 1], valid2.Row(y).ToArray());
        }
    }

    [Fact]
    public void C2_zero_flow_is_valid_everywhere()
    {
        var zero = Constant(6, 5, 0, 0);
        Assert.All(FlowConsistency.Valid(zero, zero, 1).Samples, v => Assert.Equal(1, v));
    }

    [Theory]
    [InlineData(0.99, 1)]
    [InlineData(1.01, 0)]
    public void The_threshold_is_absolute_in_pixels(double error, int expected)
    {
        Raster<float> forward = Constant(9, 9, 1, 0), backward = Constant(9, 9, (float)(-1 + error), 0);
        Assert.Equal(expected, FlowConsistency.Valid(forward, backward, 1)[4, 4]);
    }

    [Fact]
    public void The_relative_term_allows_more_where_flow_is_long()
    {
        Raster<float> forward = Constant(40, 5, 20, 0), backward = Constant(40, 5, -18, 0);
        Assert.Equal(0, FlowConsistency.Valid(forward, backward, 1)[5, 2]);
        Assert.Equal(1, FlowConsistency.Valid(forward, backward, 1, relative: 0.01)[5, 2]);
    }

    [Fact]
    public void Flow_that_is_not_a_number_is_invalid()
    {
        Raster<float> forward = Constant(6, 5, 0, 0), backward = Constant(6, 5, 0, 0);
        forward[2, 2, 0] = float.NaN;
        Assert.Equal(0, FlowConsistency.Valid(forward, backward, 1)[2, 2]);
    }

    [Fact]
    public void Composing_linear_flows_is_exact()
    {
        // x2 = 1.1 x, x3 = x2 + 2: the composition is 0.1 x + 2.
        var first = new Raster<float>(20, 6, 2);
        for (var y = 0; y < 6; y++)
            for (var x = 0; x < 20; x++) first[x, y, 0] = 0.1f * x;
        var composed = FlowSampling.Compose(first, Constant(20, 6, 2, -0.5f));
        for (var x = 0; x < 18; x++)
        {
            Assert.Equal((0.1f * x) + 2, composed[x, 3, 0], 1e-5f);
            Assert.Equal(-0.5f, composed[x, 3, 1], 1e-6f);
        }
    }

    private static Raster<float> Constant(int width, int height, float u, float v)
    {
        var flow = new Raster<float>(width, height, 2);
        for (var i = 0; i < flow.Samples.Length; i += 2) (flow.Samples[i], flow.Samples[i + 1]) = (u, v);
        return flow;
    }
}
