using System.CommandLine;
using Depth3D.Messages;

namespace Depth3D.Cli.Commands.Render;

/// <summary>The size of an effect's pictures.</summary>
internal sealed class PictureSizeOption
{
    public Option<string?> Option { get; } = new("--size") { Description = "Of the picture, e.g. 1280x720. Default: the clip's working size." };

    /// <returns>0, 0 for the clip's own.</returns>
    /// <exception cref="Depth3DException">Not a size.</exception>
    public (int Width, int Height) Read(ParseResult parsed) =>
        parsed.GetValue(Option) is { } text && FrameSize.Parse(text) is var size ? (size.Width, size.Height) : (0, 0);
}
