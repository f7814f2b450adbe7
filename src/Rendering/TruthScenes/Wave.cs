namespace Depth3D.Rendering.TruthScenes;

/// <summary>One travelling wave: amplitude times the sine of a phase.</summary>
/// <param name="Amplitude">World units.</param>
/// <param name="A">Waves per world unit along a.</param>
/// <param name="B">Waves per world unit along b.</param>
/// <param name="Turns">How often it swings in one period of its scene; a whole number, so that the scene repeats.</param>
/// <param name="Start">Phase at time zero, turns.</param>
internal readonly record struct Wave(double Amplitude, double A, double B, int Turns, double Start)
{
    /// <param name="phase">Time in periods of the scene.</param>
    public double At(double a, double b, double phase) => Amplitude * Math.Sin(2 * Math.PI * ((A * a) + (B * b) + Start - (Turns * phase)));
}
