using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>Depth of field of a thin lens, with focus pulls.</summary>
public sealed record FocusSettings : EffectSettings
{
    /// <summary>What is in focus, and from which frame on; at least one.</summary>
    public IReadOnlyList<FocusKey> Keys { get; init; } = [];

    public BokehShape Shape { get; init; } = BokehShape.Disc;

    /// <summary>
    /// Blur of a point at infinity while the focus lies at the clip's median depth: the diameter as a share of the picture's width. Counts where no
    /// f-number is given, and needs to know no units.
    /// </summary>
    public double Strength { get; init; } = 0.02;

    /// <summary>Makes the lens a real one: aperture = focal length / f-number.</summary>
    public double? FNumber { get; init; }

    /// <summary>Focal length; null for that of the clip's camera on a sensor of <see cref="SensorMillimetres"/>.</summary>
    public double? FocalMillimetres { get; init; }

    /// <summary>Width of the sensor.</summary>
    public double SensorMillimetres { get; init; } = 36;

    /// <summary>What one unit of depth is in metres; counts with <see cref="FNumber"/>.</summary>
    public double MetresPerUnit { get; init; } = 1;

    /// <summary>Largest radius of blur, as a share of the picture's width.</summary>
    public double MaxBlur { get; init; } = 0.04;

    /// <summary>Standard deviation, in frames, by which the distance of something followed is smoothed.</summary>
    public double SmoothingFrames { get; init; } = 4;

    public override IEffect Open()
    {
        if (Keys.Count == 0)
            throw new Depth3DException("nothing is in focus", remedy: "give --focus 0:moving, --focus 0:X,Y or --focus 0:DEPTH", kind: FailureKind.Usage);
        foreach (var key in Keys) key.Check();
        if (Keys.Select(k => k.Frame).Distinct().Count() != Keys.Count)
            throw new Depth3DException("two focus keys stand at one frame", remedy: "give each key its own frame", kind: FailureKind.Usage);
        Setting.Between("strength of the blur", Strength, 0, 0.5);
        Setting.Between("largest blur", MaxBlur, 0.001, 0.2);
        Setting.Between("f-number", FNumber ?? 1, 0.1, 1000);
        Setting.Between("focal length in millimetres", FocalMillimetres ?? 50, 0.1, 5000);
        Setting.Between("sensor's width in millimetres", SensorMillimetres, 0.1, 1000);
        Setting.Between("metres of a unit", MetresPerUnit, 1e-9, 1e9);
        Setting.Between("smoothing in frames", SmoothingFrames, 0, 1000);
        return new FocusEffect(this);
    }
}
