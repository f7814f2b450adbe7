using System.Globalization;
using System.Text.RegularExpressions;
using Depth3D.Messages;

namespace Depth3D.Cli.Commands;

/// <summary>Source frames written as <c>100-179</c> or <c>100-179x2</c>: first, last, and every n-th.</summary>
internal readonly partial record struct FrameSpan(int First, int Last, int Stride)
{
    private const int MostFrames = 100_000, MostStride = 1000;

    /// <summary>Frames taken.</summary>
    public int Count => (Last - First) / Stride + 1;

    /// <exception cref="Depth3DException">Not of that form, backwards, a step of 0, fewer than two frames, or more than a clip may have.</exception>
    public static FrameSpan Parse(string text, string option)
    {
        var match = Form().Match(text);
        if (!match.Success || Number(match, 1) is not { } first || Number(match, 2) is not { } last) throw Wrong(text, option, "expected FIRST-LAST or FIRST-LASTxSTEP, such as 100-179");
        if (first > last) throw Wrong(text, option, $"it goes backwards; {last}-{first} is the same frames forwards");
        var stride = match.Groups[3].Success ? Number(match, 3) ?? 0 : 1;
        if (stride is < 1 or > MostStride) throw Wrong(text, option, $"the step must be 1 to {MostStride}");
        var span = new FrameSpan(first, last, stride);
        return span.Count is >= 2 and <= MostFrames ? span : throw Wrong(text, option, $"it takes {span.Count} frames; a clip has 2 to {MostFrames}");
    }

    private static int? Number(Match match, int group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;

    private static Depth3DException Wrong(string text, string option, string why) =>
        new($"'{Terminal.Printable(text)}' is not a range of frames: {why}", option, kind: FailureKind.Usage);

    [GeneratedRegex("^([0-9]{1,10})-([0-9]{1,10})(?:x([0-9]{1,10}))?\\z")]
    private static partial Regex Form();
}
