namespace Depth3D.Pipeline.Loops;

/// <summary>Values of <see cref="LoopOptions.Input"/>.</summary>
public static class LoopInputs
{
    public const string Views = "views";
    public const string Fixed = "fixed";
    public const string Run = "run";
}
