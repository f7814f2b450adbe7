using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Runs tensor work on a thread of its own: dispose scopes, gradient mode and the number of OpenMP threads belong to a thread, so a loop
/// must not wander over the thread pool.
/// </summary>
public static class TorchThread
{
    private const int MostThreads = 8;
    private const int StackBytes = 16 << 20;

    /// <param name="threads">Threads of the tensor library, or 0 for one per core, at most 8.</param>
    public static Task<T> Run<T>(Func<T> work, int threads = 0)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                torch.set_num_threads(threads > 0 ? threads : Math.Clamp(Environment.ProcessorCount, 1, MostThreads));
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }, StackBytes)
        { IsBackground = true, Name = "tensors" };
        thread.Start();
        return done.Task;
    }
}
