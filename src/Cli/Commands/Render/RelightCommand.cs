using System.CommandLine;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Relight;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render relight RUN</c>: one more lamp, fixed in the world.</summary>
internal sealed class RelightCommand() : EffectCommand("relight", "One more lamp in the scene, by the surfaces' angle, distance and shadow.")
{
    private static readonly RelightSettings Defaults = new();

    private readonly Option<string?> _at = new("--at-pixel") { Description = $"A lamp before the surface at {PlaceText.PixelHelp}. Default: light from afar." };
    private readonly Option<double?> _depth = new("--depth") { Description = "Depth of the lamp, instead of --lift." };
    private readonly Option<double> _lift = Option("--lift", "How far before the surface the lamp hangs, a share of its depth.", Defaults.Lift);
    private readonly Option<string> _direction = Option("--direction", "Towards light from afar: x right, y down, z forward in the first camera.", "-0.7,-0.6,-0.4");
    private readonly Option<string> _colour = Option("--colour", "Of the light, as #rrggbb.", Defaults.Colour);
    private readonly Option<double> _intensity = Option("--intensity", "Light on a surface that faces it; 1 is the picture's own.", Defaults.Intensity);
    private readonly Option<double> _ambient = Option("--ambient", "What is left of the picture's own light.", Defaults.Ambient);
    private readonly Option<double?> _reach = new("--reach") { Description = "Distance at which a lamp's light is halved, in units of depth. Default: a quarter of the median depth." };
    private readonly Option<double> _shadow = Option("--shadow", "Darkness of shadows, 0 to 1.", Defaults.Shadow);

    protected override IReadOnlyList<Option> Options => [_at, _depth, _lift, _direction, _colour, _intensity, _ambient, _reach, _shadow];

    protected override EffectSettings Read(ParseResult parsed)
    {
        var direction = PlaceText.Numbers("--direction", parsed.GetValue(_direction)!, 3);
        var settings = new RelightSettings
        {
            Depth = parsed.GetValue(_depth),
            Lift = parsed.GetValue(_lift),
            Direction = new Vec3(direction[0], direction[1], direction[2]),
            Colour = parsed.GetValue(_colour)!,
            Intensity = parsed.GetValue(_intensity),
            Ambient = parsed.GetValue(_ambient),
            Reach = parsed.GetValue(_reach),
            Shadow = parsed.GetValue(_shadow),
        };
        if (parsed.GetValue(_at) is not { } at) return settings;
        var (frame, x, y) = PlaceText.Pixel("--at-pixel", at);
        return settings with { Frame = frame, X = x, Y = y };
    }
}
