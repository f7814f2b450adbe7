using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cli.Commands;

/// <summary>A size written as <c>640x360</c>.</summary>
internal readonly record struct FrameSize(int Width, int Height)
{
    private const int Smallest = 64, Largest = 4096;

    /// <param name="option">The option it was given to, for the message.</param>
    /// <exception cref="Depth3DException">Not of that form, odd, or outside 64 to 4096.</exception>
    public static FrameSize Parse(string text, string option = "--size")
    {
        var parts = text.Split('x');
        return parts.Length == 2 && Side(parts[0]) is { } width && Side(parts[1]) is { } height
            ? new FrameSize(width, height)
            : throw new Depth3DException($"'{text}' is not a size; expected e.g. 640x360, even, {Smallest} to {Largest}",
                option, kind: FailureKind.Usage);
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side)
        && side is >= Smallest and <= Largest && side % 2 == 0 ? side : null;
}
