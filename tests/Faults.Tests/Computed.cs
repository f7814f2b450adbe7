namespace Depth3D.Faults.Tests;

/// <summary>How often processes have computed a task, which is once where a fault must cost no work.</summary>
internal static class Computed
{
    /// <summary>Ends workers in order and counts.</summary>
    public static async Task<int> CountAsync(params HostProcess[] workers)
    {
        foreach (var worker in workers) worker.Signal("TERM");
        var count = 0;
        foreach (var worker in workers) count += Count(await worker.ToEndAsync());
        return count;
    }

    public static int Count(IEnumerable<string> lines) => lines.Count(l => l.StartsWith("computed ", StringComparison.Ordinal));
}
