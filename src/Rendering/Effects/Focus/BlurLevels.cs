namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// The radii at which layers are blurred. A radius in between is a mixture of the two beside it, so nothing jumps while focus is pulled.
/// </summary>
internal sealed class BlurLevels
{
    private const double Step = 0.5, EvenUpTo = 3.5, Growth = 1.13;

    private readonly double[] _radii;

    public BlurLevels(double maxRadius)
    {
        var radii = new List<double> { 0 };
        while (radii[^1] < maxRadius) radii.Add(radii[^1] < EvenUpTo ? radii[^1] + Step : radii[^1] * Growth);
        _radii = [.. radii];
    }

    /// <summary>Highest level; layers have levels from -Count (nearest) to Count.</summary>
    public int Count => _radii.Length - 1;

    public double Radius(int level) => _radii[Math.Abs(level)];

    /// <summary>The level of a signed radius, with its fraction.</summary>
    public float Of(float signedRadius)
    {
        var radius = Math.Min(MathF.Abs(signedRadius), (float)_radii[^1]);
        int below;
        if (radius <= EvenUpTo)
        {
            below = Math.Min((int)(radius / Step), Count);
        }
        else
        {
            below = Math.Min((int)(EvenUpTo / Step), Count);
            while (below < Count && _radii[below + 1] <= radius) below++;
        }

        var level = below < Count ? below + (float)((radius - _radii[below]) / (_radii[below + 1] - _radii[below])) : below;
        return MathF.CopySign(level, signedRadius);
    }
}
