using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>Ends a child whose task has given no sign of life for too long. Progress counts, not the time a task takes.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeSpan _longest;
    private readonly ITimer _timer;

    public SilenceWatch(ChildProcess child, TimeSpan longest, TimeProvider time)
    {
        _longest = longest;
        var text = string.Create(CultureInfo.InvariantCulture, $"the task gave no sign of life for {longest.TotalSeconds:0} s and was ended");
        _timer = time.CreateTimer(_ => child.Condemn(new TaskFault(FailureKind.Transient, text, "")), null, longest, Timeout.InfiniteTimeSpan);
    }

    public void Heard() => _timer.Change(_longest, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
