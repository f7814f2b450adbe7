using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Relight;

/// <summary>One more lamp in the scene, fixed in the world: the picture's own light is dimmed, the lamp's is added by angle, distance and shadow.</summary>
public sealed record RelightSettings : EffectSettings
{
    /// <summary>The frame in whose view the lamp is placed.</summary>
    public int Frame { get; init; }

    /// <summary>Pixel of working size before which the lamp hangs, with <see cref="Y"/>; null for light from <see cref="Direction"/>.</summary>
    public double? X { get; init; }

    public double? Y { get; init; }

    /// <summary>Depth of the lamp at its pixel; null for before the surface there.</summary>
    public double? Depth { get; init; }

    /// <summary>How far before the surface the lamp hangs, as a share of its depth.</summary>
    public double Lift { get; init; } = 0.25;

    /// <summary>Towards the light, for light from afar: x right, y down, z forward in the camera of <see cref="Frame"/>.</summary>
    public Vec3 Direction { get; init; } = new(-0.7, -0.6, -0.4);

    /// <summary>As <c>#rrggbb</c>.</summary>
    public string Colour { get; init; } = "#ffcf8f";

    /// <summary>Light on a surface that faces the lamp, close to it; 1 is the picture's own.</summary>
    public double Intensity { get; init; } = 1.4;

    /// <summary>What is left of the picture's own light.</summary>
    public double Ambient { get; init; } = 0.4;

    /// <summary>Distance from a lamp at which its light is halved, in the unit of the depth maps; null for a quarter of the clip's median depth.</summary>
    public double? Reach { get; init; }

    /// <summary>Darkness of shadows, 0 to 1; only what the picture shows can throw one.</summary>
    public double Shadow { get; init; } = 0.7;

    public override IEffect Open()
    {
        ColourText.Parse(Colour);
        if ((X is null) != (Y is null) || Frame < 0 || !(Direction.Length is > 1e-9 and < 1e9))
        {
            throw new Depth3DException("no place for the light", remedy: "give --at-pixel FRAME:X,Y for a lamp, or --direction X,Y,Z for light from afar",
                kind: FailureKind.Usage);
        }

        Setting.Between("depth", Depth ?? 1, 1e-9, 1e9);
        Setting.Between("lift", Lift, 0, 0.99);
        Setting.Between("intensity", Intensity, 0, 100);
        Setting.Between("ambient light", Ambient, 0, 10);
        Setting.Between("reach", Reach ?? 1, 1e-9, 1e9);
        Setting.Between("shadow", Shadow, 0, 1);
        return new RelightEffect(this);
    }
}
