namespace Depth3D.Imaging;

/// <summary>Labels of <see cref="Filters.GrabCut"/>, as bytes of a mask.</summary>
public static class GrabCutLabel
{
    public const byte Background = 0;
    public const byte Foreground = 1;
    public const byte ProbablyBackground = 2;
    public const byte ProbablyForeground = 3;

    /// <summary>Certain or probable foreground.</summary>
    public static bool IsForeground(byte label) => (label & 1) == 1;
}
