using System.CommandLine;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Fog;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render fog RUN</c>: fog that thickens with distance.</summary>
internal sealed class FogCommand() : EffectCommand("fog", "Fog that thickens with distance.")
{
    private static readonly FogSettings Defaults = new();

    private readonly Option<string> _colour = Option("--colour", "Of the fog, as #rrggbb.", Defaults.Colour);
    private readonly Option<double?> _visibility = new("--visibility") { Description = "Distance at which 2 % of contrast is left, in units of depth. Default: 2.5 times the far depth." };
    private readonly Option<double?> _start = new("--start") { Description = "Distance at which it begins, in units of depth. Default: the near depth." };

    protected override IReadOnlyList<Option> Options => [_colour, _visibility, _start];

    protected override EffectSettings Read(ParseResult parsed) => new FogSettings
    {
        Colour = parsed.GetValue(_colour)!,
        Visibility = parsed.GetValue(_visibility),
        Start = parsed.GetValue(_start),
    };
}
