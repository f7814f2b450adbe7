using System.Text.Json.Serialization;
using Depth3D.Messages;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>Keeps what is near, or moves, and puts something else behind it: a picture, a film, a colour, or nothing.</summary>
public sealed record BackgroundSettings : EffectSettings
{
    /// <summary>Keeps what is nearer, in the unit of the depth maps; null to go by <see cref="Moving"/> alone.</summary>
    public double? NearerThan { get; init; }

    /// <summary>Keeps what moves by itself.</summary>
    public bool Moving { get; init; }

    /// <summary>With a depth and <see cref="Moving"/>: keeps only what is both, rather than either.</summary>
    public bool Both { get; init; }

    /// <summary>A PNG or JPEG, a folder of them in the order of their names, or a film; repeats when it ends. Null for <see cref="Colour"/>.</summary>
    public string? Plate { get; init; }

    /// <summary>As <c>#rrggbb</c>; null, without a plate, for a transparent background.</summary>
    public string? Colour { get; init; }

    /// <summary>Surfaces that cross the depth fade out over this share of it to each side.</summary>
    public double Fade { get; init; } = 0.02;

    [JsonIgnore]
    public override IReadOnlyList<(string Role, string Path)> Files => Plate is null ? [] : [("plate", Plate)];

    public override EffectSettings WithFiles(Func<string, string> place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Plate is null ? this : this with { Plate = place(Plate) };
    }

    public override IEffect Open()
    {
        if (NearerThan is null && !Moving)
            throw new Depth3DException("nothing says what to keep", remedy: "give --nearer-than DEPTH, --moving, or both", kind: FailureKind.Usage);
        if (Plate is not null && Colour is not null)
            throw new Depth3DException("a plate and a colour at once", remedy: "give one of them", kind: FailureKind.Usage);
        Setting.Between("depth", NearerThan ?? 1, 1e-9, 1e9);
        Setting.Between("fade", Fade, 0, 0.9);
        if (Colour is not null) ColourText.Parse(Colour);
        if (Plate is not null) Background.Plate.Open(Plate).Dispose();
        return new BackgroundEffect(this);
    }
}
