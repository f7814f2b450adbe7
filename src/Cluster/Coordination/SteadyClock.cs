namespace Depth3D.Cluster.Coordination;

/// <summary>
/// UTC that never jumps: the wall clock is read once and moves on with the monotonic one. Setting the system's clock neither ends
/// leases nor keeps them alive.
/// </summary>
public sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _stamp = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_stamp);
}
