using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The text given for a flag, read as what the flag needs.</summary>
internal readonly record struct FlagValue(string Name, string Text)
{
    public bool Switch => Text switch
    {
        "on" or "true" or "1" or "" => true,
        "off" or "false" or "0" => false,
        _ => throw Refuse("on or off"),
    };

    public int Whole(int least, int most = 1_000_000_000) =>
        int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Refuse($"a whole number from {least} to {most}");

    public double Number(double least, double most = 1e12) =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Refuse(FormattableString.Invariant($"a number from {least} to {most}"));

    public IReadOnlyList<int> Gaps
    {
        get
        {
            var name = Name;
            return [.. Text.Split(',').Select(part => new FlagValue(name, part).Whole(1, 1000)).Distinct().Order()];
        }
    }

    public T OneOf<T>(params (string Word, T Value)[] words)
    {
        foreach (var (word, value) in words)
        {
            if (word == Text) return value;
        }

        throw Refuse(string.Join(", ", words.Select(w => w.Word)));
    }

    private Depth3DException Refuse(string expected) => new($"'{Text}' for flag {Name}; expected {expected}", "--set", null, FailureKind.Usage);
}
