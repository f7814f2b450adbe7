namespace Depth3D.Rendering.Effects.Stereo;

/// <summary>Effect <c>stereo</c>: the clip for two eyes, which stand as far to the left and right of the source camera.</summary>
public sealed record StereoSettings : EffectSettings
{
    /// <summary><c>side-by-side</c>, <c>side-by-side-half</c>, <c>top-bottom</c>, <c>anaglyph</c> (red and cyan), <c>left</c> or <c>right</c>.</summary>
    public string Layout { get; init; } = "side-by-side";

    /// <summary>Distance between the eyes as a share of the clip's median depth.</summary>
    public double Baseline { get; init; } = 0.025;

    /// <summary>Distance between the eyes in world units, instead of <see cref="Baseline"/>.</summary>
    public double? BaselineUnits { get; init; }

    /// <summary>Depth that lies in the screen's plane, in median depths; 0: eyes look in parallel and everything comes before the screen.</summary>
    public double Convergence { get; init; } = 1;

    /// <summary>Depth that lies in the screen's plane in world units, instead of <see cref="Convergence"/>.</summary>
    public double? ConvergenceUnits { get; init; }

    /// <summary>Of one eye's picture, pixels; 0 for the clip's.</summary>
    public int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; init; }

    /// <summary>What other frames saw of the background fills what a moved eye uncovers; what no frame saw is painted.</summary>
    public bool Accumulate { get; init; } = true;

    public override IEffect Open()
    {
        Setting.OneOf("layout", Layout, StereoLayout.Names);
        Setting.Between("baseline", Baseline, 0, 0.5);
        if (BaselineUnits is { } units) Setting.Between("baseline in units", units, 0, 1e6);
        Setting.Between("convergence", Convergence, 0, 100);
        if (ConvergenceUnits is { } depth) Setting.Between("convergence in units", depth, 0, 1e6);
        PictureSize.Check(Width, Height);
        return new StereoEffect(this);
    }
}
