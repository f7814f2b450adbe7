using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects;

/// <summary>Checks of settings, and the errors they end in.</summary>
internal static class Setting
{
    /// <exception cref="Depth3DException">The value lies outside, or is no number.</exception>
    public static void Between(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw Fault(name, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }

    /// <exception cref="Depth3DException">The value is none of the choices.</exception>
    public static void OneOf(string name, string value, params ReadOnlySpan<string> choices)
    {
        if (!choices.Contains(value)) throw Fault(name, $"'{value}'", string.Join(", ", choices!));
    }

    public static Depth3DException Fault(string name, object value, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected: {expected}"), "effect settings", $"give another {name}", FailureKind.Usage);
}
