using System.CommandLine;

namespace Depth3D.Cli.Commands.Render;

/// <summary><c>depth3d render EFFECT RUN</c>: pictures of a finished run.</summary>
internal static class RenderCommand
{
    /// <summary>One line per effect, in the order of the help.</summary>
    private static readonly Func<EffectCommand>[] Effects =
    [
        () => new FocusCommand(),
        () => new FogCommand(),
        () => new RelightCommand(),
        () => new BackgroundCommand(),
        () => new InsertCommand(),
        () => new PointCloudCommand(),
        () => new DollyZoomCommand(),
        () => new StereoCommand(),
    ];

    public static Command Build()
    {
        var command = new Command("render", "Make an effect of a finished run: a film, its frames, and a sheet of them.");
        foreach (var effect in Effects) command.Subcommands.Add(effect().Build());
        return command;
    }
}
