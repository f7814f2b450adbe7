namespace Depth3D.Rendering.TruthScenes;

/// <summary>Water in a basin: ripples bend what lies on the ground and catch the light. Its colour is that of the surface, the same from everywhere.</summary>
/// <param name="phase">Time in periods of the scene.</param>
internal sealed class WaterPrimitive(WaveSheet sheet, Texture texture, double phase) : WavePrimitive(sheet, texture)
{
    /// <summary>Shift of the ground's picture per slope, world units.</summary>
    private const double Bend = 0.22;

    private static readonly Wave[] Ripples =
        [new(0.016, 0.55, 0.35, 1, 0.15), new(0.013, -0.45, 0.7, 1, 0.6), new(0.008, 0.9, -0.5, 2, 0.35), new(0.005, 0.3, 1.2, 3, 0.8)];

    protected override double Height(double a, double b)
    {
        double sum = 0;
        foreach (var wave in Ripples) sum += wave.At(a, b, phase);
        return sum;
    }

    protected override (double U, double V) Texel(double a, double b)
    {
        var (da, db) = Slope(a, b);
        return (a + (Bend * da), b + (Bend * db));
    }

    protected override bool Covers(double a, double b) => a >= Sheet.FromA && a <= Sheet.ToA && b >= Sheet.FromB && b <= Sheet.ToB;
}
