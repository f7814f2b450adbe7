namespace Depth3D.Reconstruction.Masks;

/// <summary>How likely a colour is among the pixels seen: a smoothed histogram over RGB, mixed with a uniform share.</summary>
internal sealed class ColourModel
{
    private const int Bins = 16, BinShift = 4;

    /// <summary>Share of pixels of any colour: what neither of two models has seen is then left to other cues.</summary>
    private const float UniformShare = 0.1f;

    private readonly float[] _density = new float[Bins * Bins * Bins];

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> rgb)
    {
        _density[Index(rgb)]++;
        Count++;
    }

    /// <summary>Spreads what was counted to neighbouring colours, once all is added.</summary>
    public void Smooth()
    {
        foreach (var step in (ReadOnlySpan<int>)[Bins * Bins, Bins, 1])
        {
            var from = (float[])_density.Clone();
            for (var i = 0; i < from.Length; i++)
            {
                var at = i / step % Bins;
                var beside = from[at > 0 ? i - step : i] + from[at < Bins - 1 ? i + step : i];
                _density[i] = (0.5f * from[i]) + (0.25f * beside);
            }
        }
    }

    /// <summary>Density of a colour over that of a uniform one.</summary>
    public float Density(ReadOnlySpan<byte> rgb) =>
        UniformShare + (Count > 0 ? (1 - UniformShare) * _density[Index(rgb)] / Count * _density.Length : 0);

    private static int Index(ReadOnlySpan<byte> rgb) => ((((rgb[0] >> BinShift) * Bins) + (rgb[1] >> BinShift)) * Bins) + (rgb[2] >> BinShift);
}
