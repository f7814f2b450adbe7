using Depth3D.Messages;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>Checks numbers of effect settings.</summary>
internal static class SettingRange
{
    /// <exception cref="Depth3DException">The value is outside, or no number.</exception>
    public static void Check(double value, double least, double most, string what)
    {
        if (value >= least && value <= most) return;
        throw new Depth3DException(FormattableString.Invariant($"a {what} of {value}"), remedy: FormattableString.Invariant($"give {least} to {most}"),
            kind: FailureKind.Usage);
    }
}
