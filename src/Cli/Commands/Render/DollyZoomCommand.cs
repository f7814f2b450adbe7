using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.DollyZoom;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render dolly-zoom RUN</c>.</summary>
internal sealed class DollyZoomCommand() : EffectCommand("dolly-zoom", "The camera moves to or from a subject while the lens keeps its size.")
{
    private static readonly DollyZoomSettings Default = new();

    private readonly Option<string?> _subject = new("--subject")
    {
        Description = $"What keeps its size: {PlaceText.PixelHelp}, whose size of it is held. Default: the largest thing that moves, or the middle, of frame 0.",
    };

    private readonly Option<double> _travel = new("--travel") { Description = "How far the camera moves to the subject, share of its distance; negative: away.", DefaultValueFactory = _ => Default.Travel };
    private readonly Option<string> _curve = new("--curve") { Description = "ease, linear or return.", DefaultValueFactory = _ => Default.Curve };
    private readonly Option<bool> _alone = new("--no-accumulate") { Description = "Paint what the moved camera uncovers without looking at other frames." };
    private readonly PictureSizeOption _size = new();

    protected override IReadOnlyList<Option> Options => [_subject, _travel, _curve, _alone, _size.Option];

    protected override EffectSettings Read(ParseResult parsed)
    {
        (int Frame, double X, double Y)? subject = parsed.GetValue(_subject) is { } text ? PlaceText.Pixel("--subject", text) : null;
        return new DollyZoomSettings
        {
            Frame = subject?.Frame ?? 0,
            X = subject?.X,
            Y = subject?.Y,
            Travel = parsed.GetValue(_travel),
            Curve = parsed.GetValue(_curve)!,
            Accumulate = !parsed.GetValue(_alone),
            Width = _size.Read(parsed).Width,
            Height = _size.Read(parsed).Height,
        };
    }
}
