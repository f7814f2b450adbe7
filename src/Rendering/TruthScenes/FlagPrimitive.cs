namespace Depth3D.Rendering.TruthScenes;

/// <summary>A flag held at its left side: waves run along the cloth, which swings towards the cameras and in its own plane.</summary>
/// <param name="phase">Time in periods of the scene.</param>
internal sealed class FlagPrimitive(WaveSheet sheet, Texture texture, double phase) : WavePrimitive(sheet, texture)
{
    private static readonly Wave[] Across = [new(0.07, 0.62, 0.15, 1, 0.1), new(0.035, 1.05, -0.3, 2, 0.4), new(0.02, 0.5, 0.7, 3, 0.7)];

    private static readonly Wave[] Along = [new(0.045, 0.4, 0.35, 1, 0.55), new(0.025, 0.8, -0.25, 2, 0.2)];

    private static readonly Wave[] Down = [new(0.07, 0.55, 0.1, 1, 0.3), new(0.03, 0.95, 0.3, 2, 0.85)];

    protected override double Height(double a, double b) => Sum(Across, a, b) * Loose(a);

    protected override (double U, double V) Texel(double a, double b) => (a + (Sum(Along, a, b) * Loose(a)), b + (Sum(Down, a, b) * Loose(a)));

    protected override bool Covers(double a, double b)
    {
        var (u, v) = Texel(a, b);
        return u >= Sheet.FromA && u <= Sheet.ToA && v >= Sheet.FromB && v <= Sheet.ToB;
    }

    private double Sum(Wave[] waves, double a, double b)
    {
        double sum = 0;
        foreach (var wave in waves) sum += wave.At(a, b, phase);
        return sum;
    }

    /// <summary>0 at the pole, 1 at the free end.</summary>
    private double Loose(double a)
    {
        var share = Math.Clamp((a - Sheet.FromA) / (Sheet.ToA - Sheet.FromA), 0, 1);
        return share * (2 - share);
    }
}
