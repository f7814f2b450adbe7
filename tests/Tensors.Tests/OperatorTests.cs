using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Creation, arithmetic, reductions and resampling.</summary>
public sealed class OperatorTests
{
    private static readonly float[] Values = [-2.5f, -0.5f, 0.25f, 1f, 3f];

    public static TheoryData<string> Functions => new(Table.Keys);

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Ours, Func<double, double> Truth)> Table = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["log of square"] = (x => x.square().log(), v => Math.Log(v * v)),
        ["sin"] = (x => x.sin(), Math.Sin),
        ["cos"] = (x => x.cos(), Math.Cos),
        ["atan"] = (x => x.atan(), Math.Atan),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["sigmoid"] = (x => x.sigmoid(), v => 1 / (1 + Math.Exp(-v))),
        ["softplus"] = (x => x.softplus(), v => Math.Log(1 + Math.Exp(v))),
        ["relu"] = (x => x.relu(), v => Math.Max(v, 0)),
        ["leaky relu"] = (x => x.leaky_relu(0.1), v => v > 0 ? v : 0.1 * v),
        ["elu"] = (x => x.elu(), v => v > 0 ? v : Math.Exp(v) - 1),
        ["floor"] = (x => x.floor(), Math.Floor),
        ["reciprocal"] = (x => x.reciprocal(), v => 1 / v),
        ["clamp"] = (x => x.clamp(-1, 2), v => Math.Clamp(v, -1, 2)),
        ["clamp below"] = (x => x.clamp(min: 0.5), v => Math.Max(v, 0.5)),
        ["clamp above"] = (x => x.clamp_max(0.5), v => Math.Min(v, 0.5)),
        ["scalar arithmetic"] = (x => 2 - (x * 3 + 1) / 4, v => 2 - (v * 3 + 1) / 4),
        ["scalar over tensor"] = (x => 1.5 / x, v => 1.5 / v),
        ["power"] = (x => x.pow(3), v => v * v * v),
        ["where"] = (x => where(x > 0, x, -1), v => v > 0 ? v : -1),
        ["minimum"] = (x => minimum(x, x.square()), v => Math.Min(v, v * v)),
        ["atan2"] = (x => atan2(x, x + 5), v => Math.Atan2(v, v + 5)),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_agrees_with_its_closed_form(string name)
    {
        using var scope = NewDisposeScope();
        var (ours, truth) = Table[name];
        var result = ours(tensor(Values)).data<float>().ToArray();
        for (var i = 0; i < Values.Length; ++i)
        {
            var expected = truth(Values[i]);
            Assert.Equal(expected, result[i], 1e-5 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void Integers_stay_integers_and_mixed_arithmetic_promotes()
    {
        using var scope = NewDisposeScope();
        var whole = tensor(new long[] { 1, 2 });
        Assert.Equal(int64, (whole + 1).dtype);
        Assert.Equal(float32, (whole + 0.5).dtype);
        Assert.Equal(float32, (tensor(new[] { 1f }) + 0.5).dtype);
        Assert.Equal(@bool, (whole > 1).dtype);
        Assert.Equal(9_007_199_254_740_993, (tensor(9_007_199_254_740_992L) + 1).item<long>());
    }

    [Fact]
    public void Creation_gives_shapes_types_and_values()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0L, 1L, 2L], arange(3).data<long>().ToArray());
        Assert.Equal([1f, 1.5f], arange(1.0, 2.0, 0.5).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1.0, 0, 0, 1], eye(2, dtype: float64).data<double>().ToArray());
        Assert.Equal([7f, 7f], full([2], 7f).data<float>().ToArray());
        Assert.Equal([1f, 2f, 3f, 4f], tensor(new[,] { { 1f, 2f }, { 3f, 4f } }).data<float>().ToArray());
        Assert.Equal(float64, tensor(new[] { 1 }, dtype: float64).dtype);
        Assert.Equal(0, tensor(Array.Empty<float>(), [0, 3]).numel());
        Assert.Empty(tensor(2.5).shape);
        var error = Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));
        Assert.Contains("expected 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reductions_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f, 1f, 2f, 6f, 5f, 4f }, [2, 3]);
        Assert.Equal([9f, 6f, 6f], x.sum(0).data<float>().ToArray());
        Assert.Equal([9f, 6f, 6f], sum(x, 0).data<float>().ToArray());
        Assert.Equal([2f, 5f], x.mean([1]).data<float>().ToArray());
        Assert.Equal([1L, 1L], x.mean([0, 1], keepdim: true).shape);
        Assert.Equal(3.5f, x.mean().item<float>());
        var (values, indexes) = x.max(1);
        Assert.Equal([3f, 6f], values.data<float>().ToArray());
        Assert.Equal([0L, 0L], indexes.data<long>().ToArray());
        Assert.Equal([1f, 2f, 3f], x[0].sort().Values.data<float>().ToArray());
        Assert.Equal([6f, 5f], x.flatten().topk(2).values.data<float>().ToArray());
        Assert.Equal([3f, 4f, 6f], x[0].cumsum(0).data<float>().ToArray());
        Assert.Equal(1f, x.amin([0, 1]).item<float>());
        Assert.True(x.gt(0).all().item<bool>());
        Assert.Equal(Math.Sqrt(91), x.norm().item<float>(), 1e-5);
        Assert.Equal(3f, x.median().item<float>());
    }

    [Fact]
    public void Shapes_split_and_join()
    {
        using var scope = NewDisposeScope();
        var x = arange(10);
        var parts = x.split(4);
        Assert.Equal([4L, 4L, 2L], parts.Select(p => p.numel()));
        Assert.Equal(x.data<long>().ToArray(), cat(parts).data<long>().ToArray());
        Assert.Equal([3L, 7L], x.split([3, 7]).Select(p => p.numel()));
        Assert.Equal([2L, 10L], stack([x, x]).shape);
        Assert.Equal([5L, 5L], x.chunk(2).Select(p => p.numel()));
        Assert.Equal(2, stack([x, x]).unbind().Length);
        Assert.Equal([9L, 0L], x.roll(1, 0).narrow(0, 0, 2).data<long>().ToArray());
        Assert.Equal([1L, 0L], arange(2).flip(0).data<long>().ToArray());
        Assert.Equal([0L, 1L, 0L, 1L], arange(2).repeat(2).data<long>().ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sampling_at_the_pixel_centres_gives_the_image_back(bool align)
    {
        using var scope = NewDisposeScope();
        var image = randn([1, 2, 4, 6]);
        var identity = tensor(new[] { 1f, 0f, 0f, 0f, 1f, 0f }, [1, 2, 3]);
        var grid = nn.functional.affine_grid(identity, image.shape, align_corners: align);
        var same = nn.functional.grid_sample(image, grid, align_corners: align);
        Assert.True((same - image).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void Bilinear_resizing_follows_its_corner_rule()
    {
        using var scope = NewDisposeScope();
        var ramp = tensor(new[] { 0f, 1f, 2f, 3f }, [1, 1, 1, 4]).expand(1, 1, 2, 4);
        var aligned = nn.functional.interpolate(ramp, size: [2, 7], mode: InterpolationMode.Bilinear, align_corners: true);
        Assert.Equal([0f, 0.5f, 1f, 1.5f, 2f, 2.5f, 3f], aligned[0, 0, 0].data<float>().ToArray());
        var centred = nn.functional.interpolate(ramp, scale_factor: [1, 2], mode: InterpolationMode.Bilinear, align_corners: false);
        Assert.Equal([0f, 0.25f, 0.75f, 1.25f, 1.75f, 2.25f, 2.75f, 3f], centred[0, 0, 0].data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(ramp));
    }

    [Fact]
    public void Losses_follow_their_definitions()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[] { 0f, 2f, 5f }), tensor(new[] { 0.5f, 2f, 1f }));
        Assert.Equal((0.25 + 16) / 3, nn.functional.mse_loss(x, y).item<float>(), 1e-5);
        Assert.Equal(4.5, nn.functional.l1_loss(x, y, nn.Reduction.Sum).item<float>(), 1e-5);
        Assert.Equal((0.125 + 3.5) / 3, nn.functional.smooth_l1_loss(x, y).item<float>(), 1e-5);
        Assert.Equal((0.125 + 2 * (4 - 1)) / 3, nn.functional.huber_loss(x, y, delta: 2).item<float>(), 1e-5);
    }

    [Fact]
    public void Bytes_go_out_and_come_back()
    {
        using var scope = NewDisposeScope();
        var x = randn([3, 4]).t();
        var bytes = x.ToBytes();
        Assert.Equal(48, bytes.Length);
        var back = TensorBytes.FromBytes(bytes, float32, [4, 3]);
        Assert.Equal(x.data<float>().ToArray(), back.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => TensorBytes.FromBytes(bytes, float32, [5, 3]));
        Assert.Throws<ArgumentException>(() => x.CopyTo(new byte[47].AsSpan()));
        Assert.Throws<ArgumentException>(() => x.CopyTo(new double[12].AsSpan()));
    }

    [Fact]
    public void Linear_systems_are_solved()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 2.0, 1, 1, 3 }, [2, 2]);
        var b = tensor(new[] { 3.0, 5 }, [2, 1]);
        Assert.Equal([0.8, 1.4], linalg.solve(a, b).data<double>().ToArray().Select(v => Math.Round(v, 12)));
        Assert.Equal(5, linalg.det(a).item<double>(), 1e-12);
        Assert.True((linalg.inv(a).matmul(a) - eye(2, dtype: float64)).abs().max().item<double>() < 1e-12);
        Assert.Equal([1.0, 4], pow(2, tensor(new[] { 0.0, 2 })).data<double>().ToArray());
        Assert.Equal(einsum("ij,jk->i", [a, b]).data<double>().ToArray(), a.matmul(b).sum(1).data<double>().ToArray());
    }

    [Fact]
    public void Folded_patches_add_up_as_often_as_they_overlap()
    {
        using var scope = NewDisposeScope();
        var image = randn([1, 2, 6, 4]);
        var columns = nn.functional.unfold(image, 3, padding: 1);
        Assert.Equal([1L, 18L, 24L], columns.shape);
        var sums = nn.functional.fold(columns, (6, 4), (3, 3), padding: (1, 1));
        var counts = nn.functional.fold(nn.functional.unfold(ones_like(image), 3, padding: 1), (6, 4), (3, 3), padding: (1, 1));
        Assert.True((sums / counts - image).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void Wrong_numbers_of_sides_are_refused_before_the_border()
    {
        using var scope = NewDisposeScope();
        var (x, w) = (ones([1, 1, 4, 4, 4]), ones([1, 1, 3, 3, 3]));
        Assert.Equal([1L, 1L, 2L, 2L, 2L], nn.functional.conv3d(x, w).shape);
        Assert.Throws<ArgumentException>(() => nn.functional.conv3d(x, w, strides: [1, 1]));
        Assert.Throws<ArgumentException>(() => nn.functional.conv2d(x[0], w[0], strides: [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x[0], size: [8]));
    }
}
