using System.Globalization;
using System.Text.Json.Serialization;

namespace Depth3D.Pipeline.Windows;

/// <summary>One of the overlapping parts of a long clip: frames <c>[First, First + Count)</c>, which it numbers from zero.</summary>
/// <param name="Index">Dense, in the order of <paramref name="First"/>.</param>
public readonly record struct ClipWindow(int Index, int First, int Count)
{
    [JsonIgnore]
    public int End => First + Count;

    public bool Contains(int frame) => frame >= First && frame < End;

    /// <summary>A file of this window, as it is published: <c>w003_prior_00012.npy</c> is frame 12 of window 3.</summary>
    public string NameOf(string fileName) => string.Create(CultureInfo.InvariantCulture, $"w{Index:000}_{fileName}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"window {Index}, frames {First}-{End - 1}");
}
