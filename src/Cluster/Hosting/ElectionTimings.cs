namespace Depth3D.Cluster.Hosting;

/// <summary>Waits of the election of the active seed.</summary>
public sealed record ElectionTimings
{
    /// <summary>Between two ticks of a seed.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>An active seed that receives no tick for so long resigns: the broker is gone, or another seed receives them.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a seed that gave up being active lets others go first.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);
}
