using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>Who frees a tensor, and when.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        var before = TorchRuntime.LiveTensors;
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = ones([2]) + 1;
            Assert.Equal(2, scope.DisposablesCount);
            Assert.Same(scope, inside.OwningDisposeScope);
        }

        Assert.True(inside.IsInvalid);
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void A_tensor_moves_outwards_and_out()
    {
        Tensor outer, free;
        using (var first = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                outer = ones([1]).MoveToOuterDisposeScope();
                free = ones([1]).DetachFromDisposeScope();
            }

            Assert.True(first.Contains(outer));
            Assert.False(outer.IsInvalid);
            Assert.Null(free.OwningDisposeScope);
        }

        Assert.True(outer.IsInvalid);
        Assert.False(free.IsInvalid);
        Assert.Same(free, free.MoveToOuterDisposeScope());
        free.Dispose();
    }

    [Fact]
    public void A_tensor_moves_to_any_scope_and_only_its_owner_frees_it()
    {
        using var keeper = NewDisposeScope();
        Tensor moved;
        using (NewDisposeScope()) moved = ones([1]).MoveToOtherDisposeScope(keeper);
        Assert.False(moved.IsInvalid);
        keeper.DisposeEverything();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void A_scope_empties_but_for_what_is_kept()
    {
        using var scope = NewDisposeScope();
        var (kept, gone) = (ones([1]), ones([1]));
        scope.DisposeEverythingBut(kept);
        Assert.True(gone.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_may_close_in_any_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        var tensor = ones([1]);
        Assert.Same(inner, tensor.OwningDisposeScope);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        using var free = ones([1]);
        Assert.Null(free.OwningDisposeScope);
    }

    [Fact]
    public void A_long_scope_forgets_tensors_that_were_disposed_early()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < 2000; ++i) ones([1]).Dispose();
        var last = ones([1]);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(last));
    }

    [Fact]
    public void Modules_and_optimisers_outlive_the_scope_they_were_made_in()
    {
        nn.Module<Tensor, Tensor> model;
        optim.Optimizer adam;
        var before = TorchRuntime.LiveTensors;
        using (NewDisposeScope())
        {
            model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU());
            adam = optim.Adam(model.parameters());
        }

        Assert.All(model.parameters(), p => Assert.False(p.IsInvalid));
        Assert.All(model.buffers(), b => Assert.False(b.IsInvalid));
        using (NewDisposeScope())
        {
            model.forward(ones([1, 1, 5, 5])).sum().backward();
            adam.step();
            adam.zero_grad();
        }

        adam.Dispose();
        model.Dispose();
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void A_training_step_leaves_the_count_of_live_tensors_unchanged()
    {
        using var model = nn.Sequential(nn.Linear(3, 8), nn.LeakyReLU(), nn.Linear(8, 1));
        using var adam = optim.Adam(model.parameters());
        using var x = randn([16, 3]);
        Step(model, adam, x);
        var before = TorchRuntime.LiveTensors;
        for (var i = 0; i < 5; ++i) Step(model, adam, x);
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void Ten_thousand_steps_keep_the_memory_flat()
    {
        using var model = nn.Sequential(nn.Linear(3, 8), nn.LeakyReLU(), nn.Linear(8, 1));
        using var adam = optim.Adam(model.parameters());
        using var x = randn([16, 3]);
        for (var i = 0; i < 2000; ++i) Step(model, adam, x);
        var (tensors, bytes) = (TorchRuntime.LiveTensors, ResidentBytes());
        for (var i = 0; i < 10_000; ++i) Step(model, adam, x);
        Assert.Equal(tensors, TorchRuntime.LiveTensors);
        Assert.InRange(ResidentBytes(), 0, bytes * 1.05);
    }

    [Fact]
    public void Forgotten_tensors_are_collected_in_the_end()
    {
        Forget(50);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TorchRuntime.LiveTensors;
        Forget(300);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, TorchRuntime.LiveTensors);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget(int count)
        {
            for (var i = 0; i < count; ++i) _ = zeros([64, 1024]);
        }
    }

    [Fact]
    public void A_scope_that_unwinds_by_an_exception_frees_its_tensors()
    {
        var before = TorchRuntime.LiveTensors;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = NewDisposeScope();
            ones([2, 3]).view(7);
        });
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    private static void Step(nn.Module<Tensor, Tensor> model, optim.Optimizer adam, Tensor x)
    {
        using var scope = NewDisposeScope();
        adam.zero_grad();
        var loss = model.forward(x).square().mean();
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1);
        adam.step();
    }

    private static double ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return double.Parse(pages, System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
