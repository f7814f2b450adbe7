using System.Text.Json.Serialization;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Effects.PointClouds;

/// <summary>Effect <c>pointcloud</c>: the clip's points seen by a moving camera.</summary>
public sealed record PointCloudSettings : EffectSettings
{
    /// <summary><c>surface</c>: neighbouring pixels are joined where depth does not jump, which looks like a photograph; or <c>points</c>.</summary>
    public string Look { get; init; } = "surface";

    /// <summary><c>swing</c>, <c>orbit</c>, <c>dolly</c> or <c>source</c>; not used with <see cref="PathFile"/>.</summary>
    public string Path { get; init; } = "swing";

    /// <summary>Degrees for swing and orbit, percent of the median depth for dolly.</summary>
    public double Amplitude { get; init; } = 6;

    /// <summary>The camera moved to the right, as a share of the clip's median depth.</summary>
    public double Right { get; init; }

    /// <summary>The camera moved down, as a share of the clip's median depth.</summary>
    public double Down { get; init; }

    /// <summary>The camera moved forward, as a share of the clip's median depth.</summary>
    public double Forward { get; init; }

    /// <summary>A JSON file of keyframes, or cameras: a COLMAP model, <c>transforms.json</c>, <c>cameras.json</c>.</summary>
    public string? PathFile { get; init; }

    /// <summary>Of the view, pixels; 0 for the clip's.</summary>
    public int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; init; }

    /// <summary>Side of a point in widths of its source pixel.</summary>
    public double PointSize { get; init; } = 1.5;

    /// <summary>Samples per pixel and axis, 1 to 4.</summary>
    public int Supersampling { get; init; } = 2;

    /// <summary><c>#RRGGBB</c> or <c>transparent</c>.</summary>
    public string Background { get; init; } = "#181a1e";

    /// <summary>What other frames saw of the background fills what the frame does not show.</summary>
    public bool Accumulate { get; init; } = true;

    /// <summary>Paint what no frame saw.</summary>
    public bool Paint { get; init; }

    /// <summary>Which points that stand alone go: <c>statistical</c>, <c>radius</c>, <c>both</c> or <c>none</c>.</summary>
    public string Outliers { get; init; } = "statistical";

    /// <summary>Statistical: nearest points averaged over.</summary>
    public int OutlierNeighbours { get; init; } = 30;

    /// <summary>Statistical: standard deviations above the mean at which a point goes.</summary>
    public double OutlierStdRatio { get; init; } = 0.75;

    /// <summary>Radius: in widths of the source pixel at the point.</summary>
    public double OutlierRadius { get; init; } = 3;

    /// <summary>Radius: a point goes with fewer neighbours inside.</summary>
    public int OutlierRadiusNeighbours { get; init; } = 6;

    /// <summary>Panels from left to right, with titles where there are several: <c>source</c>, <c>depth</c>, <c>view</c>.</summary>
    public string Layout { get; init; } = "view";

    /// <summary>Of the depth panel: <c>turbo</c>, <c>inferno</c> or <c>grey</c>.</summary>
    public string ColourMap { get; init; } = "turbo";

    [JsonIgnore]
    public override IReadOnlyList<(string Role, string Path)> Files => PathFile is null ? [] : [("camera path", PathFile)];

    public override EffectSettings WithFiles(Func<string, string> place) => PathFile is null ? this : this with { PathFile = place(PathFile) };

    public override IEffect Open()
    {
        Setting.OneOf("look", Look, "points", "surface");
        Setting.OneOf("outliers", Outliers, "statistical", "radius", "both", "none");
        Setting.Between("point size", PointSize, 0.1, 20);
        Setting.Between("supersampling", Supersampling, 1, 4);
        Setting.Between("outlier neighbours", OutlierNeighbours, 2, 1000);
        Setting.Between("outlier std ratio", OutlierStdRatio, 0, 100);
        Setting.Between("outlier radius", OutlierRadius, 0.1, 1000);
        Setting.Between("outlier radius neighbours", OutlierRadiusNeighbours, 1, 1000);
        foreach (var share in (ReadOnlySpan<double>)[Right, Down, Forward]) Setting.Between("offset", share, -10, 10);
        PictureSize.Check(Width, Height);
        return new PointCloudEffect(this, Backdrop.Parse(Background), PanelLayout.Parse(Layout, ColourMap, Background));
    }

    /// <summary>Which points of a cloud stay; null for all.</summary>
    internal Func<PointCloud, bool[]>? Keep() => Outliers switch
    {
        "none" => null,
        "radius" => Radius,
        "both" => Both,
        _ => Statistical,
    };

    private bool[] Both(PointCloud cloud)
    {
        bool[] a = Statistical(cloud), b = Radius(cloud);
        for (var i = 0; i < a.Length; i++) a[i] &= b[i];
        return a;
    }

    private bool[] Statistical(PointCloud cloud) =>
        OutlierRemoval.Keep(cloud, new() { Neighbours = OutlierNeighbours, StdRatio = OutlierStdRatio });

    private bool[] Radius(PointCloud cloud) => RadiusOutliers.Keep(cloud, OutlierRadius, OutlierRadiusNeighbours);
}
