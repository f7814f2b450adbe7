using System.Globalization;

namespace Depth3D.Cluster.TestHost;

/// <summary>The system's time with a wall clock that somebody sets: it is wrong by as many hours as a file says, and right without that file.</summary>
public sealed class JumpingClock(string file) : TimeProvider
{
    /// <summary>Environment variable of seeds and workers: the file.</summary>
    public const string Variable = "TOY_CLOCK";

    public static TimeProvider OfEnvironment() => ToySettings.Text(Variable) is { } file ? new JumpingClock(file) : System;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromHours(Hours());

    private double Hours()
    {
        try
        {
            return double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var hours) ? hours : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
