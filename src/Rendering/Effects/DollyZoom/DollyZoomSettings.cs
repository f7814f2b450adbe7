namespace Depth3D.Rendering.Effects.DollyZoom;

/// <summary>Effect <c>dolly-zoom</c>: the camera moves to or from a subject while its lens keeps the subject's size.</summary>
public sealed record DollyZoomSettings : EffectSettings
{
    /// <summary>Frame in which the subject is pointed at, and whose size of the subject is held.</summary>
    public int Frame { get; init; }

    /// <summary>Column of the subject in that frame, pixels of working size. Without a point, the subject is the largest thing that moves, or else the middle.</summary>
    public double? X { get; init; }

    /// <summary>Row of the subject, pixels of working size.</summary>
    public double? Y { get; init; }

    /// <summary>How far the camera moves towards the subject, as a share of its distance; negative: away from it.</summary>
    public double Travel { get; init; } = -0.6;

    /// <summary><c>ease</c>: softly from start to end; <c>linear</c>; <c>return</c>: there and back.</summary>
    public string Curve { get; init; } = "ease";

    /// <summary>Of the picture, pixels; 0 for the clip's.</summary>
    public int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; init; }

    /// <summary>What other frames saw of the background fills what the moved camera uncovers; what no frame saw is painted.</summary>
    public bool Accumulate { get; init; } = true;

    public override IEffect Open()
    {
        Setting.Between("frame", Frame, 0, int.MaxValue);
        if (X is null != Y is null) throw Setting.Fault("subject", $"x {X}, y {Y}", "both x and y, or neither");
        if (X is { } x && Y is { } y)
        {
            Setting.Between("x", x, 0, 65535);
            Setting.Between("y", y, 0, 65535);
        }

        Setting.Between("travel", Travel, -5, 0.8);
        Setting.OneOf("curve", Curve, "ease", "linear", "return");
        PictureSize.Check(Width, Height);
        return new DollyZoomEffect(this);
    }
}
