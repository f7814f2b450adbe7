namespace Depth3D.Cluster.Workers.Children;

/// <summary>Entry point of a process that computes for a node. It is the node's own program, started with <see cref="Verb"/>.</summary>
public static class ChildMain
{
    /// <summary>First argument of a child; people never type it.</summary>
    public const string Verb = "compute-child";

    /// <summary>Computes what the node sends until the node closes the pipe or ends.</summary>
    /// <param name="stages">Stages this program has.</param>
    /// <param name="canary">Asked before a result counts; null for the device's own.</param>
    public static async Task<int> RunAsync(StageBook stages, ICanary? canary = null)
    {
        var (orders, words) = ChildStreams.Take();
        using (orders)
        using (words) return await new ChildSession(stages, canary ?? new DeviceCanary(), orders, words).RunAsync().ConfigureAwait(false);
    }
}
