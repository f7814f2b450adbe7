using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.DollyZoom;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render dolly-zoom RUN</c>.</summary>
internal sealed class DollyZoomCommand() : EffectCommand("dolly-zoom", "The camera moves to or from a subject while the lens keeps its size.")
{
    private static readonly DollyZoomSettings Default = new();

    private readonly Option<int> _frame = new("--frame") { Description = "Frame in which the subject is pointed at, and whose size of it is held." };
    private readonly Option<double?> _x = new("--x") { Description = "Column of the subject, 0 to 1 of the width. Without a point: the largest thing that moves, or the middle." };
    private readonly Option<double?> _y = new("--y") { Description = "Row of the subject, 0 to 1 of the height." };
    private readonly Option<double> _travel = new("--travel") { Description = "How far the camera moves to the subject, share of its distance; negative: away.", DefaultValueFactory = _ => Default.Travel };
    private readonly Option<string> _curve = new("--curve") { Description = "ease, linear or return.", DefaultValueFactory = _ => Default.Curve };
    private readonly Option<bool> _alone = new("--no-accumulate") { Description = "Paint what the moved camera uncovers without looking at other frames." };
    private readonly PictureSizeOption _size = new();

    protected override IReadOnlyList<Option> Options => [_frame, _x, _y, _travel, _curve, _alone, _size.Option];

    protected override EffectSettings Read(ParseResult parsed) => new DollyZoomSettings
    {
        Frame = parsed.GetValue(_frame),
        X = parsed.GetValue(_x),
        Y = parsed.GetValue(_y),
        Travel = parsed.GetValue(_travel),
        Curve = parsed.GetValue(_curve)!,
        Accumulate = !parsed.GetValue(_alone),
        Width = _size.Read(parsed).Width,
        Height = _size.Read(parsed).Height,
    };
}
