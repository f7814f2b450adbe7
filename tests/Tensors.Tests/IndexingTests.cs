using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Index expressions, gathers and scatters against loops.</summary>
public sealed class IndexingTests
{
    [Fact]
    public void Numbers_ranges_axes_and_the_ellipsis_select_views()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).view(2, 3, 4);
        Assert.Equal(23, x[1, 2, 3].item<long>());
        Assert.Equal([6L, 10L], x[0, 1.., 2].data<long>().ToArray());
        Assert.Equal([6L, 7L, 18L, 19L], x[.., 1, ^2..].data<long>().ToArray());
        Assert.Equal([3L, 15L], x[TensorIndex.Ellipsis, 0, ^1].data<long>().ToArray());
        Assert.Equal([2L, 1L, 3L, 4L], x[.., TensorIndex.None].shape);
        Assert.Equal([0L, 2L], x[0, 0, TensorIndex.Slice(step: 2)].data<long>().ToArray());
    }

    [Fact]
    public void Masks_and_positions_select_copies()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).view(2, 3);
        Assert.Equal([4L, 5L], x[x > 3].data<long>().ToArray());
        Assert.Equal([2L, 0L], x[0, tensor(new long[] { 2, 0 })].data<long>().ToArray());
        Assert.Equal([4L, 5L], x.masked_select(x.gt(3)).data<long>().ToArray());
    }

    [Fact]
    public void Assignment_writes_in_place()
    {
        using var scope = NewDisposeScope();
        var x = zeros([2, 3]);
        x[0] = tensor(new[] { 1f, 2f, 3f });
        x[1, 1..] = tensor(7f);
        x.index_put_(-1, x.eq(2));
        Assert.Equal([1f, -1f, 3f, 0f, 7f, 7f], x.data<float>().ToArray());
        x.index_put_([tensor(new long[] { 0, 0 }), tensor(new long[] { 2, 2 })], ones([2]), accumulate: true);
        Assert.Equal(5f, x[0, 2].item<float>());
    }

    [Fact]
    public void Gather_scatter_and_index_add_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        var random = new Random(4);
        var values = Enumerable.Range(0, 20).Select(_ => (float)random.Next(9)).ToArray();
        var positions = Enumerable.Range(0, 5).Select(_ => (long)random.Next(4)).ToArray();
        var (x, index) = (tensor(values, [5, 4]), tensor(positions));
        var expected = new float[16];
        for (var row = 0; row < 5; ++row)
        {
            for (var column = 0; column < 4; ++column) expected[positions[row] * 4 + column] += values[row * 4 + column];
        }

        Assert.Equal(expected, zeros([4, 4]).index_add(0, index, x, 1).data<float>().ToArray());
        Assert.Equal(expected, zeros([4, 4]).scatter_add(0, index.unsqueeze(1).expand(5, 4), x).data<float>().ToArray());
        Assert.Equal(positions.Select((p, row) => values[row * 4 + p]), x.gather(1, index.unsqueeze(1)).data<float>().ToArray());
        Assert.Equal(positions.Select(p => values[p * 4 + 1]), x.index_select(0, index).select(1, 1).data<float>().ToArray());
    }

    [Fact]
    public void Data_follows_the_strides_of_a_view()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).view(2, 3).t();
        var data = x.data<long>();
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], data.ToArray());
        Assert.Equal(data.ToArray(), data);
        Assert.Equal(4, data[1, 1]);
        Assert.Equal(4, data[3]);
        data[1, 1] = 40;
        Assert.Equal(40, x[1, 1].item<long>());
        Assert.Throws<IndexOutOfRangeException>(() => data[3, 0]);
        Assert.Throws<InvalidOperationException>(() => x.data<float>());
    }
}
