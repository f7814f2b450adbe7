namespace Depth3D.Cluster.Workers;

/// <summary>
/// Starts each task on a thread of its own: native libraries keep state per thread (LibTorch its gradient mode), and a task must not
/// find that of another. A stage that awaits goes on elsewhere, so one that uses tensors does not await between their uses.
/// </summary>
internal static class TaskThread
{
    private const int StackBytes = 16 << 20;

    /// <summary>
    /// Completes when the action has; its exceptions come out of the returned task. What awaits it goes on on the task's own thread: so a slot is free
    /// without a switch of threads, and the files of a task are hashed and flushed without holding up a thread that others share.
    /// </summary>
    public static Task RunAsync(string name, Func<Task> action)
    {
        var done = new TaskCompletionSource();
        var thread = new Thread(() => Run(action, done), StackBytes) { Name = name, IsBackground = true };
        thread.Start();
        return done.Task;
    }

    private static void Run(Func<Task> action, TaskCompletionSource done)
    {
        try
        {
            action().GetAwaiter().GetResult();
            done.SetResult();
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }
}
