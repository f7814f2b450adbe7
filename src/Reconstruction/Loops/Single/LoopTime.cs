namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Which frame of the clip a loop shows at time t: the period repeats for ever, forwards and backwards (spec 1.5): s + ((t - s) mod p) with a modulo that
/// is never negative.
/// </summary>
/// <param name="First">s, the first frame of the segment.</param>
/// <param name="Period">p, its length in frames; at least 1.</param>
public readonly record struct LoopTime(int First, int Period)
{
    /// <summary>s &lt;= result &lt; s + p for every t, negative ones too.</summary>
    public int FrameAt(long time)
    {
        var phase = (time - First) % Period;
        return First + (int)(phase < 0 ? phase + Period : phase);
    }
}
