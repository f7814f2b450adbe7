using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class SlotBookTests
{
    private static readonly GpuInfo Small = new("GPU-a", "small", 24L << 30);
    private static readonly GpuInfo Big = new("GPU-b", "big", 80L << 30);

    [Fact]
    public async Task Who_finds_no_slot_waits_in_the_order_of_coming()
    {
        var book = new SlotBook(new Dictionary<WorkerPool, int> { [WorkerPool.Render] = 1 }, []);
        var first = await book.TakeAsync(WorkerPool.Render, null, default);
        var second = book.TakeAsync(WorkerPool.Render, null, default);
        var third = book.TakeAsync(WorkerPool.Render, null, default);
        Assert.False(second.IsCompleted || third.IsCompleted);
        book.Return(first);
        book.Return(await second.Within("the second"));
        await third.Within("the third");
    }

    [Fact]
    public async Task Tasks_of_two_pools_never_share_a_gpu()
    {
        var book = new SlotBook(new Dictionary<WorkerPool, int> { [WorkerPool.Trainer] = 1, [WorkerPool.PreprocessGpu] = 1 }, [Small]);
        var training = await book.TakeAsync(WorkerPool.Trainer, new ResourceRequest(Gpus: 1), default);
        var inference = book.TakeAsync(WorkerPool.PreprocessGpu, new ResourceRequest(Gpus: 1), default);
        Assert.Equal([Small], training.Gpus);
        Assert.False(inference.IsCompleted);
        book.Return(training);
        Assert.Equal([Small], (await inference.Within("the GPU")).Gpus);
    }

    [Fact]
    public async Task A_task_gets_the_smallest_gpu_that_does_and_one_of_two_gpus_is_not_overtaken()
    {
        var book = new SlotBook(new Dictionary<WorkerPool, int> { [WorkerPool.Trainer] = 3 }, [Big, Small]);
        var small = await book.TakeAsync(WorkerPool.Trainer, new ResourceRequest(Gpus: 1), default);
        Assert.Equal([Small], small.Gpus);
        var both = book.TakeAsync(WorkerPool.Trainer, new ResourceRequest(Gpus: 2), default);
        var later = book.TakeAsync(WorkerPool.Trainer, new ResourceRequest(Gpus: 1), default);
        Assert.False(both.IsCompleted || later.IsCompleted);
        book.Return(small);
        var two = await both.Within("both GPUs");
        Assert.Equal(2, two.Gpus.Count);
        book.Return(two);
        var needy = await book.TakeAsync(WorkerPool.Trainer, new ResourceRequest(Gpus: 1, GpuMemoryBytes: 40L << 30), default);
        Assert.Equal([Big], needy.Gpus);
        Assert.Equal([Small], (await later.Within("the small one")).Gpus);
    }

    [Fact]
    public async Task Who_gives_up_is_passed_over_and_a_pool_that_is_not_served_is_refused()
    {
        var book = new SlotBook(new Dictionary<WorkerPool, int> { [WorkerPool.Render] = 1 }, []);
        var first = await book.TakeAsync(WorkerPool.Render, null, default);
        using var gone = new CancellationTokenSource();
        var second = book.TakeAsync(WorkerPool.Render, null, gone.Token);
        var third = book.TakeAsync(WorkerPool.Render, null, default);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        book.Return(first);
        await third.Within("the third");
        await Assert.ThrowsAsync<Depth3DException>(() => book.TakeAsync(WorkerPool.Trainer, null, default));
    }
}
