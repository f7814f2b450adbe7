using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Background;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render background RUN</c>: something else behind what is near or moves.</summary>
internal sealed class BackgroundCommand() : EffectCommand("background", "Something else behind what is near or moves: a picture, a film, a colour, or nothing.")
{
    private static readonly BackgroundSettings Defaults = new();

    private readonly Option<double?> _nearer = new("--nearer-than") { Description = "Keeps what is nearer, in units of depth." };
    private readonly Option<bool> _moving = new("--moving") { Description = "Keeps what moves by itself." };
    private readonly Option<bool> _both = new("--both") { Description = "Keeps only what is near and moves, rather than either." };
    private readonly Option<string?> _plate = new("--plate") { Description = "What to put behind: a PNG or JPEG, a folder of them, or a film." };
    private readonly Option<string?> _colour = new("--colour") { Description = "Or a colour, as #rrggbb. Default: transparent." };
    private readonly Option<double> _fade = Option("--fade", "Share of the depth over which surfaces that cross it fade out.", Defaults.Fade);

    protected override IReadOnlyList<Option> Options => [_nearer, _moving, _both, _plate, _colour, _fade];

    protected override EffectSettings Read(ParseResult parsed) => new BackgroundSettings
    {
        NearerThan = parsed.GetValue(_nearer),
        Moving = parsed.GetValue(_moving),
        Both = parsed.GetValue(_both),
        Plate = parsed.GetValue(_plate),
        Colour = parsed.GetValue(_colour),
        Fade = parsed.GetValue(_fade),
    };
}
