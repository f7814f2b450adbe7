using System.Text.Json.Serialization;
using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Effects.Insert;

/// <summary>Puts a picture or a mesh into the scene, fixed in the world, behind what is nearer.</summary>
public sealed record InsertSettings : EffectSettings
{
    /// <summary>A PNG or JPEG, which becomes a card, or a mesh: OBJ, PLY, glTF or GLB.</summary>
    public string Object { get; init; } = "";

    /// <summary>Where the files lie that the object names; those not listed lie beside it.</summary>
    public IReadOnlyList<InsertPart> Parts { get; init; } = [];

    /// <summary>The frame in which it is placed.</summary>
    public int Frame { get; init; }

    /// <summary>Pixel of working size where it is placed, with <see cref="Y"/>; or <see cref="World"/>.</summary>
    public double? X { get; init; }

    public double? Y { get; init; }

    /// <summary>Depth at the pixel; null for the surface there.</summary>
    public double? Depth { get; init; }

    /// <summary>World coordinates instead of a pixel, in the unit of the depth maps.</summary>
    public Vec3? World { get; init; }

    /// <summary>In the unit of the depth maps; counts before <see cref="HeightShare"/>.</summary>
    public double? Height { get; init; }

    /// <summary>As a share of the picture's height in its frame.</summary>
    public double HeightShare { get; init; } = 0.3;

    public InsertAnchor Anchor { get; init; } = InsertAnchor.Bottom;

    public InsertFacing Facing { get; init; } = InsertFacing.Upright;

    /// <summary>Turned about its upright axis after facing, degrees, counter-clockwise from above.</summary>
    public double YawDegrees { get; init; }

    /// <summary>Share of the light that depends on the angle to it; null for none on a card and 0.6 on a mesh.</summary>
    public double? Shading { get; init; }

    /// <summary>Darkness of the soft shadow where it stands, 0 to 1.</summary>
    public double Shadow { get; init; } = 0.45;

    /// <summary>The scene hides the object where it is nearer by more than this share of depth.</summary>
    public double DepthTolerance { get; init; } = 0.02;

    [JsonIgnore]
    public override IReadOnlyList<(string Role, string Path)> Files => [("object", Object), .. Parts.Select(p => ($"object's {p.Name}", p.Path))];

    public override EffectSettings WithFiles(Func<string, string> place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return this with { Object = place(Object), Parts = [.. Parts.Select(p => p with { Path = place(p.Path) })] };
    }

    /// <summary>The same settings with all the files that the object names, so that they can be moved together.</summary>
    /// <exception cref="Depth3DException">The object or a file of it cannot be read.</exception>
    public InsertSettings WithParts() => this with { Parts = InsertObject.PartsOf(Object) };

    public override IEffect Open()
    {
        if (Object.Length == 0) throw Bad("nothing to insert", "give --object with a picture or a mesh");
        if ((X is null) != (Y is null) || (X is null) == (World is null))
            throw Bad("an object is placed by a pixel or by world coordinates", "give --at-pixel FRAME:X,Y or --world X,Y,Z");
        if (Frame < 0) throw Bad($"frame {Frame}", "give a frame from 0 on");
        if (World is { } w && !double.IsFinite(w.X + w.Y + w.Z)) throw Bad("world coordinates that are not finite", "give three numbers");
        Setting.Between("depth", Depth ?? 1, 1e-9, 1e9);
        Setting.Between("height", Height ?? 1, 1e-9, 1e9);
        Setting.Between("height as a share of the picture", HeightShare, 0.001, 10);
        Setting.Between("turn in degrees", YawDegrees, -3600, 3600);
        Setting.Between("shading", Shading ?? 0, 0, 1);
        Setting.Between("shadow", Shadow, 0, 1);
        Setting.Between("depth tolerance", DepthTolerance, 0, 0.5);
        return new InsertEffect(this, InsertObject.Open(this));
    }

    private static Depth3DException Bad(string what, string remedy) => new(what, remedy: remedy, kind: FailureKind.Usage);
}
