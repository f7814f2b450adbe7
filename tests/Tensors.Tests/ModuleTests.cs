using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Registration, names, state dictionaries and layers.</summary>
public sealed class ModuleTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d stem = nn.Conv2d(3, 4, 3, padding: 1);
        private readonly ModuleList<Conv2d> steps = nn.ModuleList(nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1, bias: false));
        private readonly Sequential head = nn.Sequential(("norm", nn.GroupNorm(2, 4)), ("act", nn.ReLU()));
        private readonly Parameter scale = new(ones([1]));
        private readonly Tensor offset = zeros([2]);

        public Net() : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = stem.forward(input);
            foreach (var step in steps) x = x + step.forward(x);
            return (head.forward(x) * scale).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Names_follow_the_fields()
    {
        using var net = new Net();
        Assert.Equal(
            ["head.norm.bias", "head.norm.weight", "scale", "stem.bias", "stem.weight", "steps.0.bias", "steps.0.weight", "steps.1.weight"],
            net.named_parameters().Select(p => p.name).Order(StringComparer.Ordinal));
        Assert.Equal(["offset"], net.named_buffers().Select(b => b.name));
        Assert.Contains("offset", net.state_dict().Keys);
        Assert.Contains("net.stem.weight", net.state_dict(prefix: "net").Keys);
    }

    [Fact]
    public void A_state_dictionary_carries_a_network_over()
    {
        using var scope = NewDisposeScope();
        using var first = new Net();
        using var second = new Net();
        using var x = randn([1, 3, 6, 6]);
        var (missing, unexpected) = second.load_state_dict(first.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(first.forward(x).ToBytes(), second.forward(x).ToBytes());
    }

    [Fact]
    public void A_state_dictionary_that_does_not_fit_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Linear(2, 2);
        var before = model.weight.ToBytes();
        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(new() { ["weight"] = zeros([2, 2]) }));
        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(new() { ["weight"] = zeros([2, 2]), ["bias"] = zeros([3]) }));
        Assert.Equal(before, model.weight.ToBytes());
        var (missing, unexpected) = model.load_state_dict(new() { ["weight"] = zeros([2, 2]), ["other"] = zeros([1]) }, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["other"], unexpected);
        Assert.Equal(0f, model.weight.abs().sum().item<float>());
    }

    [Fact]
    public void Batch_norm_learns_statistics_in_training_and_uses_them_afterwards()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var norm = nn.BatchNorm2d(2, momentum: 1);
        var x = randn([4, 2, 5, 5]) * 3 + 7;
        var trained = norm.forward(x);
        Assert.Equal(0, trained.mean().item<float>(), 1e-4);
        Assert.Equal(x.mean([0, 2, 3]).data<float>()[0], norm.running_mean!.data<float>()[0], 1e-4);
        Assert.Equal(1, norm.num_batches_tracked!.item<long>());
        norm.eval();
        Assert.Equal(0, norm.forward(x).mean().item<float>(), 1e-3);
        Assert.Equal(1, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Group_norm_gives_every_group_mean_0_and_variance_1()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.GroupNorm(2, 4);
        var y = norm.forward(randn([3, 4, 6, 6]) * 5 - 2).view(3, 2, -1);
        Assert.All(y.mean([2]).data<float>(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(y.var(2, unbiased: false).data<float>(), variance => Assert.Equal(1, variance, 1e-3));
    }

    [Fact]
    public void A_transposed_convolution_is_the_adjoint_of_the_convolution()
    {
        using var scope = NewDisposeScope();
        var weight = randn([3, 2, 3, 3]);
        var (x, y) = (randn([1, 2, 9, 7]), randn([1, 3, 5, 4]));
        var forward = nn.functional.conv2d(x, weight, strides: [2], padding: [1]);
        var back = nn.functional.conv_transpose2d(y, weight, stride: [2], padding: [1]);
        Assert.Equal((forward * y).sum().item<float>(), (back * x).sum().item<float>(), 1e-3);
    }

    [Fact]
    public void Channels_last_changes_the_storage_and_not_the_result()
    {
        using var scope = NewDisposeScope();
        using var net = new Net();
        var x = randn([2, 3, 8, 8]);
        var (plain, names) = (net.forward(x), net.named_parameters().Select(p => p.name).ToArray());
        net.ToChannelsLast();
        Assert.True(net.state_dict()["stem.weight"].IsChannelsLast());
        Assert.Equal(names, net.named_parameters().Select(p => p.name));
        var last = net.forward(x.ChannelsLast());
        Assert.True((plain - last).abs().max().item<float>() < 1e-5f);
        last.sum().backward();
        Assert.All(net.parameters(), p => Assert.NotNull(p.grad));
    }

    [Fact]
    public void Training_mode_reaches_every_part()
    {
        using var net = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.5)));
        using var x = ones([100]);
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        using var same = net.forward(x);
        Assert.Equal(100f, same.sum().item<float>());
        net.train();
        Assert.All(net.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void A_conversion_keeps_every_parameter_object()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.Linear(3, 1)));
        var before = model.parameters().ToArray();
        model.to(float64);
        Assert.Equal(before, model.parameters());
        Assert.All(model.parameters(), p => Assert.Equal(float64, p.dtype));
        model.forward(ones([1, 2], dtype: float64)).sum().backward();
        Assert.All(before, p => Assert.Equal(float64, p.grad!.dtype));
    }

    [Fact]
    public void The_tensor_given_to_a_parameter_is_taken_over()
    {
        var data = ones([2]);
        using var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad && parameter.is_leaf);
        Assert.Null(parameter.OwningDisposeScope);
    }
}
