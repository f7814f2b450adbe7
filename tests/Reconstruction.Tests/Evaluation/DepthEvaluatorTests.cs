using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Tests.Evaluation;

public sealed class DepthEvaluatorTests
{
    private static readonly float[] Ramp = [.. Enumerable.Range(0, 32).Select(i => 2 + (0.25f * i))];

    [Theory]
    [InlineData(1)]
    [InlineData(0.01f)]
    [InlineData(70)]
    public void A_scaled_truth_is_without_error_under_every_protocol(float factor)
    {
        var truth = new FlatTruth(8, 4, Ramp, Ramp);
        var rows = new DepthEvaluator(truth).Evaluate("prior", _ => truth.Map([.. Ramp.Select(z => z * factor)]));
        Assert.Equal(9, rows.Count);
        foreach (var row in rows.Where(r => r.Region != "moving"))
        {
            Assert.Equal(0, row.AbsRel, 1e-6);
            Assert.Equal(0, row.RmseLog, 1e-6);
            Assert.Equal(1, row.Delta1);
            Assert.Equal(0, row.Flicker, 1e-6);
            Assert.Equal(64, row.Pixels);
        }
    }

    [Fact]
    public void Rows_name_what_region_and_protocol()
    {
        var truth = new FlatTruth(8, 4, Ramp);
        var rows = new DepthEvaluator(truth).Evaluate("optimised", truth.Depth);
        Assert.All(rows, r => Assert.Equal("optimised", r.What));
        Assert.Equal(
            ["scale all", "scale static", "scale moving", "scale-shift all", "scale-shift static", "scale-shift moving",
             "per-frame all", "per-frame static", "per-frame moving"], rows.Select(r => $"{r.Protocol} {r.Region}"));
    }

    [Fact]
    public void Errors_have_their_closed_form()
    {
        // Three quarters right, one quarter too far by half: the median ratio is 1, and so AbsRel is 0.5 / 4.
        var truth = new FlatTruth(4, 2, [4, 4, 4, 4, 4, 4, 4, 4]);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([4, 4, 4, 4, 4, 4, 6, 6])), "all", "scale");
        Assert.Equal(0.125, row.AbsRel, 1e-7);
        Assert.Equal(Math.Log(1.5) / 2, row.RmseLog, 1e-7);
        Assert.Equal(0.75, row.Delta1, 1e-9);
    }

    [Fact]
    public void Delta_counts_ratios_below_five_quarters_both_ways()
    {
        var truth = new FlatTruth(5, 1, [1, 1, 1, 1, 1]);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([1, 1.2f, 0.81f, 1.26f, 0.79f])), "all", "scale");
        Assert.Equal(0.6, row.Delta1, 1e-9);
    }

    [Fact]
    public void Static_and_moving_pixels_are_measured_apart_with_the_clips_scale()
    {
        var truth = new FlatTruth(4, 1, [2, 2, 2, 2]) { Moving = [0, 0, 0, 255] };
        var rows = new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([1, 1, 1, 2]));
        Assert.Equal(0, Row(rows, "static", "scale").AbsRel, 1e-7);
        Assert.Equal(1, Row(rows, "moving", "scale").AbsRel, 1e-7);
        Assert.Equal(0.25, Row(rows, "all", "scale").AbsRel, 1e-7);
        Assert.Equal((3L, 1L, 4L), (Row(rows, "static", "scale").Pixels, Row(rows, "moving", "scale").Pixels, Row(rows, "all", "scale").Pixels));
    }

    [Fact]
    public void An_empty_region_gives_no_number()
    {
        var truth = new FlatTruth(8, 4, Ramp);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", truth.Depth), "moving", "scale");
        Assert.Equal(0, row.Pixels);
        Assert.True(double.IsNaN(row.AbsRel) && double.IsNaN(row.RmseLog) && double.IsNaN(row.Delta1) && double.IsNaN(row.Flicker));
    }

    [Fact]
    public void An_affine_change_of_inverse_depth_is_undone_by_scale_and_shift_only()
    {
        var truth = new FlatTruth(8, 4, Ramp, Ramp);
        var rows = new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([.. Ramp.Select(z => 1 / ((3 / z) + 0.2f))]));
        Assert.Equal(0, Row(rows, "all", "scale-shift").AbsRel, 1e-5);
        Assert.True(Row(rows, "all", "scale").AbsRel > 0.05);
    }

    [Fact]
    public void One_scale_per_frame_hides_what_one_scale_per_clip_shows()
    {
        var truth = new FlatTruth(8, 4, Ramp, Ramp);
        var rows = new DepthEvaluator(truth).Evaluate("x", i => truth.Map([.. Ramp.Select(z => z * (i == 0 ? 1 : 2))]));
        Assert.Equal(0, Row(rows, "all", "per-frame").AbsRel, 1e-6);
        Assert.Equal(0, Row(rows, "all", "per-frame").Flicker, 1e-6);
        Assert.True(Row(rows, "all", "scale").AbsRel > 0.3);
        Assert.Equal(Math.Log(2), Row(rows, "all", "scale").Flicker, 1e-5);
    }

    [Fact]
    public void Flicker_leaves_out_the_change_that_is_true()
    {
        float[] later = [.. Ramp.Select(z => z * 1.3f)];
        var truth = new FlatTruth(8, 4, Ramp, later);
        Assert.Equal(0, Row(new DepthEvaluator(truth).Evaluate("x", truth.Depth), "all", "scale").Flicker, 1e-6);
        var still = new DepthEvaluator(truth).Evaluate("x", _ => truth.Map(Ramp));
        Assert.Equal(Math.Log(1.3), Row(still, "all", "scale").Flicker, 1e-5);
    }

    [Fact]
    public void Without_true_motion_there_is_no_flicker()
    {
        var truth = new FlatTruth(8, 4, Ramp, Ramp) { HasMotion = false };
        var row = Row(new DepthEvaluator(truth).Evaluate("x", truth.Depth), "all", "scale");
        Assert.True(double.IsNaN(row.Flicker));
        Assert.Equal(0, row.AbsRel, 1e-7);
    }

    [Fact]
    public void A_prediction_of_half_the_size_is_resampled_in_inverse_depth()
    {
        // Inverse depth linear in x: bilinear resampling is exact but for the outermost columns, which repeat.
        static float At(double x) => (float)(1 / (0.1 + (0.01 * x)));
        var truth = new FlatTruth(16, 4, [.. Enumerable.Range(0, 64).Select(i => At(i % 16))]);
        var half = new Raster<float>(8, 2, 1, [.. Enumerable.Range(0, 16).Select(i => At((2 * (i % 8)) + 0.5))]);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", _ => half), "all", "scale");
        Assert.True(row.AbsRel < 0.005, $"{row.AbsRel}");
        Assert.Equal(64, row.Pixels);
    }

    [Fact]
    public void Pixels_without_depth_are_left_out()
    {
        var truth = new FlatTruth(4, 1, [2, 0, float.NaN, 2]);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([4, 4, 4, float.PositiveInfinity])), "all", "scale");
        Assert.Equal(1, row.Pixels);
        Assert.Equal(0, row.AbsRel, 1e-7);
    }

    [Fact]
    public void Nothing_to_compare_is_an_error()
    {
        var truth = new FlatTruth(2, 1, [2, 2]);
        Assert.Throws<Depth3DException>(() => new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([0, -1])));
    }

    [Fact]
    public void A_constant_prediction_is_measured_and_not_divided_by_zero()
    {
        var truth = new FlatTruth(8, 4, Ramp);
        var row = Row(new DepthEvaluator(truth).Evaluate("x", _ => truth.Map([.. Ramp.Select(_ => 5f)])), "all", "scale-shift");
        Assert.InRange(row.AbsRel, 0.1, 1);
    }

    private static DepthMetricsRow Row(IEnumerable<DepthMetricsRow> rows, string region, string protocol) =>
        rows.Single(r => r.Region == region && r.Protocol == protocol);
}
