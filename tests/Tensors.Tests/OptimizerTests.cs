using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Optimisers against their published update rules, and checkpoints that continue bit for bit.</summary>
public sealed class OptimizerTests
{
    private static readonly float[] Start = [0.5f, -1.25f, 2f];
    private static readonly float[][] Gradients = [[0.1f, -0.2f, 0.3f], [1f, 0.5f, -0.25f], [-0.4f, 0f, 0.6f]];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Adam_follows_the_paper(double decay, bool decoupled)
    {
        var parameter = new Parameter(tensor(Start));
        using var adam = decoupled
            ? optim.AdamW([parameter], lr: 0.01, weight_decay: decay)
            : optim.Adam([parameter], lr: 0.01, weight_decay: decay);
        var (x, m, v) = (Array.ConvertAll(Start, f => (double)f), new double[3], new double[3]);
        for (var step = 1; step <= Gradients.Length; ++step)
        {
            using var scope = NewDisposeScope();
            parameter.grad = tensor(Gradients[step - 1]);
            adam.step();
            for (var i = 0; i < 3; ++i)
            {
                var g = Gradients[step - 1][i] + (decoupled ? 0 : decay * x[i]);
                if (decoupled) x[i] *= 1 - 0.01 * decay;
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                x[i] -= 0.01 * (m[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        var result = parameter.data<float>().ToArray();
        for (var i = 0; i < 3; ++i) Assert.Equal(x[i], result[i], 1e-6);
        parameter.Dispose();
    }

    [Fact]
    public void Momentum_descends_by_its_rule()
    {
        using var parameter = new Parameter(tensor(Start));
        using var sgd = optim.SGD([parameter], 0.1, momentum: 0.9);
        var (x, b) = ((double)Start[0], 0.0);
        for (var step = 0; step < 3; ++step)
        {
            using var scope = NewDisposeScope();
            parameter.grad = tensor(Gradients[step]);
            sgd.step();
            b = step == 0 ? Gradients[0][0] : 0.9 * b + Gradients[step][0];
            x -= 0.1 * b;
        }

        Assert.Equal(x, parameter.data<float>()[0], 1e-6);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_as_it_is()
    {
        using var used = new Parameter(ones([2]));
        using var idle = new Parameter(ones([2]));
        using var adam = optim.Adam([used, idle]);
        using var scope = NewDisposeScope();
        used.grad = ones([2]);
        adam.step();
        Assert.Equal([1L, 0L], adam.States.Select(s => s.step));
        Assert.Equal([1f, 1f], idle.data<float>().ToArray());
        Assert.NotEqual(1f, used.data<float>()[0]);
    }

    [Fact]
    public void A_restored_checkpoint_continues_bit_for_bit()
    {
        manual_seed(11);
        using var x = randn([8, 4]);
        using var model = nn.Linear(4, 2);
        using var adam = optim.Adam(model.parameters(), lr: 0.02);
        for (var i = 0; i < 3; ++i) Step(model, adam, x);
        using var scope = NewDisposeScope();
        var weights = model.state_dict().ToDictionary(e => e.Key, e => e.Value.detach().clone());
        var moments = AdamCheckpoint.Save(adam, model.named_parameters()).ToDictionary(e => e.Key, e => e.Value.clone());
        for (var i = 0; i < 3; ++i) Step(model, adam, x);

        using var again = nn.Linear(4, 2);
        using var adamAgain = optim.Adam(again.parameters(), lr: 0.02);
        again.load_state_dict(weights);
        AdamCheckpoint.Load(adamAgain, again.named_parameters(), moments);
        for (var i = 0; i < 3; ++i) Step(again, adamAgain, x);
        Assert.Equal(model.weight.ToBytes(), again.weight.ToBytes());
        Assert.Equal(adam.States[0].exp_avg_sq.ToBytes(), adamAgain.States[0].exp_avg_sq.ToBytes());
        Assert.Equal(6, adamAgain.States[1].step);
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_is_refused()
    {
        using var model = nn.Linear(4, 2);
        using var adam = optim.Adam(model.parameters());
        using var scope = NewDisposeScope();
        var state = AdamCheckpoint.Save(adam, model.named_parameters());
        state["bias.exp_avg"] = zeros([3]);
        var error = Assert.Throws<InvalidOperationException>(() => AdamCheckpoint.Load(adam, model.named_parameters(), state));
        Assert.Contains("bias.exp_avg", error.Message, StringComparison.Ordinal);
        state.Remove("bias.exp_avg");
        Assert.Throws<InvalidOperationException>(() => AdamCheckpoint.Load(adam, model.named_parameters(), state));
    }

    [Fact]
    public void Clipping_gives_the_norm_before_and_leaves_the_limit()
    {
        using var a = new Parameter(zeros([2]));
        using var b = new Parameter(zeros([1]));
        using var scope = NewDisposeScope();
        (a.grad, b.grad) = (tensor(new[] { 2f, 3f }), tensor(new[] { 6f }));
        Assert.Equal(7, nn.utils.clip_grad_norm_([a, b], 3.5), 1e-5);
        Assert.Equal([1f, 1.5f], a.grad!.data<float>().ToArray().Select(g => MathF.Round(g, 4)));
        Assert.Equal(3.5, nn.utils.clip_grad_norm_([a, b], 100), 1e-4);
    }

    [Fact]
    public void The_learning_rate_can_be_set_between_steps()
    {
        using var parameter = new Parameter(zeros([1]));
        using var sgd = optim.SGD([parameter], 1);
        using var scope = NewDisposeScope();
        parameter.grad = ones([1]);
        foreach (var group in sgd.ParamGroups) group.LearningRate = 0.25;
        sgd.step();
        Assert.Equal(-0.25f, parameter.item<float>());
    }

    private static void Step(Linear model, optim.Optimizer optimizer, Tensor x)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        model.forward(x).square().sum().backward();
        optimizer.step();
    }
}
