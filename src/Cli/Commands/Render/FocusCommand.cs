using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Focus;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render focus RUN</c>: depth of field with focus pulls.</summary>
internal sealed class FocusCommand() : EffectCommand("focus", "Depth of field of a thin lens, with focus pulls.")
{
    private static readonly FocusSettings Defaults = new();

    private readonly Option<string[]> _focus = new("--focus")
    {
        Description = "What is in focus from a frame on, once or more: FRAME:DEPTH, FRAME:X,Y, FRAME:moving or FRAME:moving@X,Y. Default: 0:moving.",
        DefaultValueFactory = _ => ["0:moving"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double> _strength = Option("--strength", "Blur of what is infinitely far, a share of the picture's width. Without --f-number.", Defaults.Strength);
    private readonly Option<double?> _fNumber = new("--f-number") { Description = "A real lens instead: aperture = focal length / f-number." };
    private readonly Option<double?> _focal = new("--focal-mm") { Description = "Its focal length. Default: the camera's own." };
    private readonly Option<double> _sensor = Option("--sensor-mm", "Width of the sensor.", Defaults.SensorMillimetres);
    private readonly Option<double> _metres = Option("--metres-per-unit", "What one unit of depth is; counts with --f-number.", Defaults.MetresPerUnit);
    private readonly Option<double> _maxBlur = Option("--max-blur", "Largest radius of blur, a share of the picture's width.", Defaults.MaxBlur);
    private readonly Option<double> _smoothing = Option("--smoothing", "Frames over which the distance of something followed is smoothed.", Defaults.SmoothingFrames);
    private readonly Option<BokehShape> _shape = CommonOptions.Choice("--bokeh", "Shape of the aperture.", Defaults.Shape);

    protected override IReadOnlyList<Option> Options => [_focus, _strength, _fNumber, _focal, _sensor, _metres, _maxBlur, _smoothing, _shape];

    protected override EffectSettings Read(ParseResult parsed) => new FocusSettings
    {
        Keys = [.. parsed.GetValue(_focus)!.Select(FocusKey.Parse)],
        Strength = parsed.GetValue(_strength),
        FNumber = parsed.GetValue(_fNumber),
        FocalMillimetres = parsed.GetValue(_focal),
        SensorMillimetres = parsed.GetValue(_sensor),
        MetresPerUnit = parsed.GetValue(_metres),
        MaxBlur = parsed.GetValue(_maxBlur),
        SmoothingFrames = parsed.GetValue(_smoothing),
        Shape = parsed.GetValue(_shape),
    };
}
