using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Recording of gradients, and when it is off.</summary>
public sealed class AutogradTests
{
    [Fact]
    public void No_grad_lasts_until_it_is_disposed()
    {
        using var scope = NewDisposeScope();
        var x = ones([2], requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using var scope = NewDisposeScope();
        var x = ones([1], requires_grad: true);
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        Assert.Equal(7f, x.grad!.item<float>());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Derivatives_of_derivatives_come_from_autograd_grad()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.5 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0]!;
        var second = autograd.grad([first.sum()], [x])[0]!;
        Assert.Equal(6.75, first.item<double>(), 1e-12);
        Assert.Equal(9, second.item<double>(), 1e-12);
        Assert.Null(x.grad);
    }

    [Fact]
    public void An_unused_input_gives_null_or_an_error_as_asked()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones([1], requires_grad: true), ones([1], requires_grad: true));
        var loss = (x * 2).sum();
        Assert.Null(autograd.grad([loss], [x, y], retain_graph: true, allow_unused: true)[1]);
        Assert.Throws<TorchException>(() => autograd.grad([loss], [y]));
    }

    [Fact]
    public void A_second_backward_through_a_freed_graph_is_refused()
    {
        using var scope = NewDisposeScope();
        var x = ones([1], requires_grad: true);
        var loss = x.exp().sum();
        loss.backward(retain_graph: true);
        loss.backward();
        Assert.Throws<TorchException>(() => loss.backward());
    }
}
