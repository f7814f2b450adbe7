using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Fog;

/// <summary>Fog that thickens with distance: light decays along the ray and the fog's colour takes its place (Koschmieder 1924).</summary>
public sealed record FogSettings : EffectSettings
{
    /// <summary>As <c>#rrggbb</c>.</summary>
    public string Colour { get; init; } = "#c4ccd4";

    /// <summary>Distance at which 2 % of a thing's contrast is left, in the unit of the depth maps; null for 2.5 times the clip's far depth.</summary>
    public double? Visibility { get; init; }

    /// <summary>Distance at which the fog begins, in the unit of the depth maps; null for the clip's near depth.</summary>
    public double? Start { get; init; }

    public override IEffect Open()
    {
        ColourText.Parse(Colour);
        Setting.Between("visibility", Visibility ?? 1, 1e-9, 1e9);
        Setting.Between("start of the fog", Start ?? 0, 0, 1e9);
        return new FogEffect(this);
    }
}
