namespace Depth3D.Cluster.Hosting;

/// <summary>A role that runs in a process: what to dispose to let it finish and stop, and when it is over by itself.</summary>
/// <param name="Host">Disposing it drains and stops the role.</param>
/// <param name="Over">Ends with the reason when the role wants the process to end, such as a node that an operator lets go; never otherwise.</param>
public sealed record ProcessPart(IAsyncDisposable Host, Task<string> Over)
{
    /// <summary>A role that ends only with its process.</summary>
    public ProcessPart(IAsyncDisposable host)
        : this(host, new TaskCompletionSource<string>().Task)
    {
    }
}
