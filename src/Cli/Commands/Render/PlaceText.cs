using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cli.Commands.Render;

/// <summary>Places as options give them.</summary>
internal static class PlaceText
{
    public const string PixelHelp = "FRAME:X,Y, a pixel of working size in a frame";

    /// <summary><c>FRAME:X,Y</c>.</summary>
    /// <exception cref="Depth3DException">The text is no pixel.</exception>
    public static (int Frame, double X, double Y) Pixel(string option, string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frame))
        {
            var numbers = Numbers(option, parts[1], 2);
            return (frame, numbers[0], numbers[1]);
        }

        throw Bad(option, text, "FRAME:X,Y, such as 0:320,180");
    }

    /// <summary>Numbers between commas.</summary>
    /// <exception cref="Depth3DException">There are not as many, or they are none.</exception>
    public static double[] Numbers(string option, string text, int count)
    {
        var words = text.Split(',');
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (words.Length != count || !double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw Bad(option, text, $"{count} numbers between commas");
        }

        return numbers;
    }

    private static Depth3DException Bad(string option, string text, string expected) =>
        new($"{option} is '{text}'", remedy: $"give {expected}", kind: FailureKind.Usage);
}
