namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Buffers of one thread.</summary>
internal sealed class StepScratch
{
    /// <summary>[hit of a strip, frames of a piece, RGBA]: samples, and gradients by them.</summary>
    public float[] Samples = [], Slopes = [];

    /// <summary>[texel, frames of a piece, RGBA]: gradients by what is drawn; all 0 between steps.</summary>
    public float[] Dynamic = [];

    public double Penalty;

    public double Variation;

    public long Compared;

    public static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
    }
}
