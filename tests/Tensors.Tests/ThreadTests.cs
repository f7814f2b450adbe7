using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>What belongs to a thread, and what a seed fixes.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void The_number_of_threads_belongs_to_the_calling_thread()
    {
        var here = get_num_threads();
        var there = OnThread(() =>
        {
            set_num_threads(1);
            return get_num_threads();
        });
        Assert.Equal(1, there);
        Assert.Equal(here, get_num_threads());
    }

    [Fact]
    public void A_thread_keeps_its_number_while_others_set_theirs_before_its_first_work()
    {
        var kept = OnThread(() =>
        {
            set_num_threads(1);
            OnThread(() =>
            {
                set_num_threads(2);
                return 0;
            });
            using var scope = NewDisposeScope();
            return (ones([100_000]).sum().item<float>(), get_num_threads());
        });
        Assert.Equal((100_000f, 1), kept);
    }

    [Fact]
    public void Scopes_and_gradient_recording_belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (tensor, recording) = OnThread(() => (ones([1]), is_grad_enabled()));
        Assert.Null(tensor.OwningDisposeScope);
        Assert.True(recording);
        tensor.Dispose();
    }

    [Fact]
    public void The_text_of_an_error_belongs_to_its_thread()
    {
        var messages = Enumerable.Range(2, 4).AsParallel().WithDegreeOfParallelism(4).Select(n => OnThread(() =>
        {
            using var scope = NewDisposeScope();
            return Assert.Throws<TorchException>(() => ones([n]).view(n + 100)).Message;
        })).ToArray();
        for (var i = 0; i < 4; ++i) Assert.Contains(messages, m => m.Contains($"size {i + 2}", StringComparison.Ordinal));
    }

    [Fact]
    public void Tensors_cross_threads()
    {
        using var x = ones([1000]);
        var sums = Enumerable.Range(0, 8).Select(i => OnThread(() =>
        {
            using var scope = NewDisposeScope();
            return (x * i).sum().item<float>();
        }));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 1000f * i), sums);
    }

    [Fact]
    public void A_seed_fixes_numbers_initial_weights_and_training()
    {
        Assert.Equal(Train(7), Train(7));
        Assert.NotEqual(Train(7), Train(8));
    }

    private static byte[] Train(long seed)
    {
        manual_seed(seed);
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 1, 3));
        using var adam = optim.Adam(model.parameters(), lr: 1e-2);
        var x = randn([2, 1, 16, 16]);
        for (var i = 0; i < 5; ++i)
        {
            adam.zero_grad();
            model.forward(x).square().mean().backward();
            adam.step();
        }

        return model.forward(x).ToBytes();
    }

    private static T OnThread<T>(Func<T> work)
    {
        T result = default!;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
