using System.Globalization;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>Says when masks cover too little or too much to be trusted (spec 9.12).</summary>
internal static class MaskWarnings
{
    public const double MinShare = 0.001, MaxShare = 0.8;

    /// <param name="shares">Moving share per frame.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<double> shares)
    {
        var warnings = new List<string>();
        Add(warnings, shares, share => share < MinShare, "less than 0.1 %",
            "nothing that moves was found there; name its class with --masks onnx:NAME if something does");
        Add(warnings, shares, share => share > MaxShare, "more than 80 %",
            "the static part is too small to find cameras by; give masks with --masks onnx:NAME or --masks dir:PATH");
        return warnings;
    }

    private static void Add(List<string> warnings, IReadOnlyList<double> shares, Func<double, bool> bad, string what, string advice)
    {
        var count = shares.Count(bad);
        if (count == 0) return;
        warnings.Add(string.Create(CultureInfo.InvariantCulture, $"masks cover {what} of the picture in {count} of {shares.Count} frames: {advice}"));
    }
}
