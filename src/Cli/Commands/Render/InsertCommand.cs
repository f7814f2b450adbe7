using System.CommandLine;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Insert;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render insert RUN</c>: a card or a mesh in the scene.</summary>
internal sealed class InsertCommand() : EffectCommand("insert", "A picture card or a mesh, fixed in the world and hidden by what is nearer.")
{
    private static readonly InsertSettings Defaults = new();

    private readonly Option<string> _object = new("--object") { Description = "A PNG or JPEG, or a mesh: OBJ, PLY, glTF or GLB.", Required = true };
    private readonly Option<string?> _at = new("--at-pixel") { Description = $"Where it is placed: {PlaceText.PixelHelp}." };
    private readonly Option<double?> _depth = new("--depth") { Description = "Depth there. Default: the surface at the pixel." };
    private readonly Option<string?> _world = new("--world") { Description = "X,Y,Z in the world instead, in units of depth; seen from the first frame." };
    private readonly Option<double?> _height = new("--height") { Description = "In units of depth, instead of --height-share." };
    private readonly Option<double> _heightShare = Option("--height-share", "Its height as a share of the picture's, in the frame where it is placed.", Defaults.HeightShare);
    private readonly Option<InsertAnchor> _anchor = CommonOptions.Choice("--anchor", "What of it lies at its place.", Defaults.Anchor);
    private readonly Option<InsertFacing> _facing = CommonOptions.Choice("--facing", "Which way it looks.", Defaults.Facing);
    private readonly Option<double> _yaw = Option("--yaw", "Turned about its upright axis, degrees.", Defaults.YawDegrees);
    private readonly Option<double?> _shading = new("--shading") { Description = "Share of light that depends on the angle to it. Default: 0 for a card, 0.6 for a mesh." };
    private readonly Option<double> _shadow = Option("--shadow", "Darkness of the shadow where it stands, 0 to 1.", Defaults.Shadow);
    private readonly Option<double> _tolerance = Option("--tolerance", "The scene hides it where it is nearer by more than this share of depth.", Defaults.DepthTolerance);

    protected override IReadOnlyList<Option> Options =>
        [_object, _at, _depth, _world, _height, _heightShare, _anchor, _facing, _yaw, _shading, _shadow, _tolerance];

    protected override EffectSettings Read(ParseResult parsed)
    {
        var settings = new InsertSettings
        {
            Object = parsed.GetValue(_object)!,
            Depth = parsed.GetValue(_depth),
            Height = parsed.GetValue(_height),
            HeightShare = parsed.GetValue(_heightShare),
            Anchor = parsed.GetValue(_anchor),
            Facing = parsed.GetValue(_facing),
            YawDegrees = parsed.GetValue(_yaw),
            Shading = parsed.GetValue(_shading),
            Shadow = parsed.GetValue(_shadow),
            DepthTolerance = parsed.GetValue(_tolerance),
        };
        if (parsed.GetValue(_at) is { } at)
        {
            var (frame, x, y) = PlaceText.Pixel("--at-pixel", at);
            settings = settings with { Frame = frame, X = x, Y = y };
        }

        if (parsed.GetValue(_world) is { } world)
        {
            var point = PlaceText.Numbers("--world", world, 3);
            settings = settings with { World = new Vec3(point[0], point[1], point[2]) };
        }

        return settings.WithParts();
    }
}
