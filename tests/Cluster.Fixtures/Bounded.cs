namespace Depth3D.Cluster.Fixtures;

/// <summary>Bounded waits that say what they waited for.</summary>
public static class Bounded
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);

    public static async Task<T> Within<T>(this Task<T> task, string phase)
    {
        await Within((Task)task, phase);
        return await task;
    }

    public static async Task Within(this Task task, string phase)
    {
        if (await Task.WhenAny(task, Task.Delay(Longest)) != task) throw new TimeoutException($"waited too long for {phase}");
        await task;
    }
}
