using System.Globalization;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// The version every message carries. Messages only ever gain fields, so it rises only when an old receiver would misunderstand a new
/// message; two neighbouring versions work together, so that a cluster can be upgraded node by node.
/// </summary>
internal static class MessageVersion
{
    public const string Header = "depth3d-version";

    public const int Current = 1;

    /// <summary>The oldest that is understood.</summary>
    public const int Oldest = 1;

    /// <summary>Marks everything this bus sends, unless the sender has set another version itself.</summary>
    public static void Stamp(IBusFactoryConfigurator bus) => bus.ConfigureSend(send => send.UseExecute(context =>
    {
        if (!context.Headers.TryGetHeader(Header, out _)) context.Headers.Set(Header, Current);
    }));

    /// <exception cref="MessageRefusedException">There is no version, or none that is understood.</exception>
    public static void Check(Headers headers)
    {
        if (!headers.TryGetHeader(Header, out var value))
            throw new MessageRefusedException("it carries no version, so it is not from this program");
        if (!int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var version))
            throw new MessageRefusedException("its version is not a number");
        if (version is < Oldest or > Current)
            throw new MessageRefusedException($"its version is {version}, and this program understands {Oldest} to {Current}");
    }
}
