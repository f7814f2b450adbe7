using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// What is in focus from a frame on. Written as <c>FRAME:DEPTH</c> (in the unit of the depth maps), <c>FRAME:X,Y</c> (the surface at that pixel of
/// working size, which stays in focus while the camera moves), <c>FRAME:moving</c> (the largest thing that moves) or <c>FRAME:moving@X,Y</c> (the
/// one at that pixel); what moves is followed. Between two keys the focus is pulled.
/// </summary>
/// <param name="Depth">Given for a depth, null otherwise.</param>
/// <param name="X">Given together with <paramref name="Y"/>.</param>
/// <param name="Moving">Follows what moves.</param>
public sealed record FocusKey(int Frame, double? Depth = null, double? X = null, double? Y = null, bool Moving = false)
{
    private const string MovingWord = "moving";

    /// <exception cref="Depth3DException">The text is no key.</exception>
    public static FocusKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':', 2);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frame)) throw Bad(text);
        if (parts[1] == MovingWord) return new FocusKey(frame, Moving: true);
        var moving = parts[1].StartsWith(MovingWord + "@", StringComparison.Ordinal);
        var numbers = (moving ? parts[1][(MovingWord.Length + 1)..] : parts[1]).Split(',').Select(n => Number(n, text)).ToArray();
        var key = numbers.Length switch
        {
            1 when !moving => new FocusKey(frame, Depth: numbers[0]),
            2 => new FocusKey(frame, X: numbers[0], Y: numbers[1], Moving: moving),
            _ => throw Bad(text),
        };
        key.Check();
        return key;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frame}:{Target()}");

    /// <exception cref="Depth3DException">It says nothing, two things, or something that cannot be.</exception>
    internal void Check()
    {
        var point = X is not null && Y is not null;
        var sensible = Frame >= 0 && (X is null) == (Y is null)
            && (Depth is { } depth ? depth > 0 && double.IsFinite(depth) && !point && !Moving : point || Moving);
        if (!sensible) throw Bad(ToString());
    }

    private FormattableString Target() => (Depth, Moving, X) switch
    {
        ({ } depth, _, _) => $"{depth}",
        (_, true, null) => $"{MovingWord}",
        (_, true, _) => $"{MovingWord}@{X},{Y}",
        _ => $"{X},{Y}",
    };

    private static double Number(string word, string text) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Bad(text);

    private static Depth3DException Bad(string text) => new($"'{text}' is no focus key", remedy:
        "give FRAME:DEPTH, FRAME:X,Y, FRAME:moving or FRAME:moving@X,Y, such as 0:2.5 or 24:320,180", kind: FailureKind.Usage);
}
