using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>Colours as people write them: <c>#rrggbb</c>.</summary>
internal static class ColourText
{
    /// <returns>0xRRGGBB.</returns>
    /// <exception cref="Depth3DException">The text is no colour.</exception>
    public static uint Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? rgb
            : throw new Depth3DException($"'{text}' is no colour", remedy: "give it as #rrggbb, such as #20242c", kind: FailureKind.Usage);
}
