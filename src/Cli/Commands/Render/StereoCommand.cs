using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Stereo;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render stereo RUN</c>.</summary>
internal sealed class StereoCommand() : EffectCommand("stereo", "The clip for two eyes.")
{
    private static readonly StereoSettings Default = new();

    private readonly Option<string> _layout = new("--layout") { Description = "side-by-side, side-by-side-half, top-bottom, anaglyph, left or right.", DefaultValueFactory = _ => Default.Layout };
    private readonly Option<double> _baseline = new("--baseline") { Description = "Distance between the eyes, share of the median depth.", DefaultValueFactory = _ => Default.Baseline };
    private readonly Option<double?> _baselineUnits = new("--baseline-units") { Description = "Distance between the eyes in the run's unit, instead of --baseline." };
    private readonly Option<double> _convergence = new("--convergence") { Description = "Depth in the screen's plane, in median depths; 0: eyes look in parallel.", DefaultValueFactory = _ => Default.Convergence };
    private readonly Option<double?> _convergenceUnits = new("--convergence-units") { Description = "Depth in the screen's plane in the run's unit, instead of --convergence." };
    private readonly Option<bool> _alone = new("--no-accumulate") { Description = "Paint what an eye uncovers without looking at other frames." };
    private readonly PictureSizeOption _size = new();

    protected override IReadOnlyList<Option> Options => [_layout, _baseline, _baselineUnits, _convergence, _convergenceUnits, _alone, _size.Option];

    protected override EffectSettings Read(ParseResult parsed) => new StereoSettings
    {
        Layout = parsed.GetValue(_layout)!,
        Baseline = parsed.GetValue(_baseline),
        BaselineUnits = parsed.GetValue(_baselineUnits),
        Convergence = parsed.GetValue(_convergence),
        ConvergenceUnits = parsed.GetValue(_convergenceUnits),
        Accumulate = !parsed.GetValue(_alone),
        Width = _size.Read(parsed).Width,
        Height = _size.Read(parsed).Height,
    };
}
