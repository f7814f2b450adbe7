using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.PointClouds;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render pointcloud RUN</c>.</summary>
internal sealed class PointCloudCommand() : EffectCommand("pointcloud", "The coloured points of the clip, seen by a moving camera.")
{
    private static readonly PointCloudSettings Default = new();

    private readonly Option<string> _look = new("--look") { Description = "surface: neighbouring pixels joined, like a photograph; or points.", DefaultValueFactory = _ => Default.Look };
    private readonly Option<string> _path = new("--path") { Description = "Camera path: swing, orbit, dolly or source.", DefaultValueFactory = _ => Default.Path };
    private readonly Option<double> _amplitude = new("--path-amplitude") { Description = "Degrees for swing and orbit, percent of the median depth for dolly.", DefaultValueFactory = _ => Default.Amplitude };
    private readonly Option<string?> _pathFile = new("--path-file") { Description = "Camera path from a file: keyframes (JSON, see docs/effects.md), a COLMAP model, transforms.json or cameras.json." };
    private readonly Option<double> _right = new("--right") { Description = "Camera moved to the right, share of the median depth." };
    private readonly Option<double> _down = new("--down") { Description = "Camera moved down, share of the median depth." };
    private readonly Option<double> _forward = new("--forward") { Description = "Camera moved forward, share of the median depth." };
    private readonly PictureSizeOption _size = new();
    private readonly Option<double> _pointSize = new("--point-size") { Description = "Side of a point in widths of its source pixel.", DefaultValueFactory = _ => Default.PointSize };
    private readonly Option<int> _supersampling = new("--supersampling") { Description = "Samples per pixel and axis, 1 to 4.", DefaultValueFactory = _ => Default.Supersampling };
    private readonly Option<string> _background = new("--background") { Description = "#RRGGBB, or transparent.", DefaultValueFactory = _ => Default.Background };
    private readonly Option<bool> _alone = new("--no-accumulate") { Description = "Show the frame alone, without what other frames saw of the background." };
    private readonly Option<bool> _paint = new("--paint") { Description = "Paint what no frame saw." };
    private readonly Option<string> _outliers = new("--outliers") { Description = "Which points that stand alone go: statistical, radius, both or none.", DefaultValueFactory = _ => Default.Outliers };
    private readonly Option<int> _neighbours = new("--outlier-neighbours") { Description = "Statistical: nearest points averaged over.", DefaultValueFactory = _ => Default.OutlierNeighbours };
    private readonly Option<double> _ratio = new("--outlier-std-ratio") { Description = "Statistical: standard deviations above the mean at which a point goes.", DefaultValueFactory = _ => Default.OutlierStdRatio };
    private readonly Option<double> _radius = new("--outlier-radius") { Description = "Radius: in widths of the source pixel at the point.", DefaultValueFactory = _ => Default.OutlierRadius };
    private readonly Option<int> _inside = new("--outlier-radius-neighbours") { Description = "Radius: a point goes with fewer neighbours inside.", DefaultValueFactory = _ => Default.OutlierRadiusNeighbours };
    private readonly Option<string> _layout = new("--layout") { Description = "Panels from left to right: source, depth, view, separated by commas.", DefaultValueFactory = _ => Default.Layout };
    private readonly Option<string> _colourMap = new("--colour-map") { Description = "Of the depth panel: turbo, inferno or grey.", DefaultValueFactory = _ => Default.ColourMap };

    protected override IReadOnlyList<Option> Options =>
    [
        _look, _path, _amplitude, _pathFile, _right, _down, _forward, _size.Option, _pointSize, _supersampling, _background, _alone, _paint,
        _outliers, _neighbours, _ratio, _radius, _inside, _layout, _colourMap,
    ];

    protected override EffectSettings Read(ParseResult parsed) => new PointCloudSettings
    {
        Look = parsed.GetValue(_look)!,
        Path = parsed.GetValue(_path)!,
        Amplitude = parsed.GetValue(_amplitude),
        PathFile = parsed.GetValue(_pathFile),
        Right = parsed.GetValue(_right),
        Down = parsed.GetValue(_down),
        Forward = parsed.GetValue(_forward),
        Width = _size.Read(parsed).Width,
        Height = _size.Read(parsed).Height,
        PointSize = parsed.GetValue(_pointSize),
        Supersampling = parsed.GetValue(_supersampling),
        Background = parsed.GetValue(_background)!,
        Accumulate = !parsed.GetValue(_alone),
        Paint = parsed.GetValue(_paint),
        Outliers = parsed.GetValue(_outliers)!,
        OutlierNeighbours = parsed.GetValue(_neighbours),
        OutlierStdRatio = parsed.GetValue(_ratio),
        OutlierRadius = parsed.GetValue(_radius),
        OutlierRadiusNeighbours = parsed.GetValue(_inside),
        Layout = parsed.GetValue(_layout)!,
        ColourMap = parsed.GetValue(_colourMap)!,
    };
}
