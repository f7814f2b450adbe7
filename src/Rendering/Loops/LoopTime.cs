namespace Depth3D.Rendering.Loops;

/// <summary>Which frame of a loop is shown when.</summary>
public static class LoopTime
{
    /// <summary>0 .. frames-1, for negative times too.</summary>
    public static int FrameOf(int time, int frames) => ((time % frames) + frames) % frames;
}
