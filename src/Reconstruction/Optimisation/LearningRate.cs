namespace Depth3D.Reconstruction.Optimisation;

/// <summary>How learning rates fall over a run.</summary>
internal static class LearningRate
{
    /// <summary>The rate's share at a step: 1 until <paramref name="from"/>, then half a cosine down to <paramref name="finalShare"/> at <paramref name="total"/>.</summary>
    public static double Cosine(int step, int from, int total, double finalShare)
    {
        var done = Math.Max(0, (double)(step - from) / Math.Max(1, total - from));
        return finalShare + ((1 - finalShare) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
