using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Opens depth networks by the text of <c>--network</c>.</summary>
public static class DepthNetworks
{
    /// <summary>The forms of a network's text, for help and errors.</summary>
    public const string Forms = "unet, unet:residual, midas:PATH or torchscript:PATH|NAME";

    /// <param name="spec"><c>unet</c>, <c>unet:residual</c>, <c>midas:PATH</c>, <c>torchscript:PATH.pt</c> or <c>torchscript:NAME</c>.</param>
    /// <exception cref="Depth3DException">No such network, device or file, or a file that does not fit.</exception>
    public static IDepthNetwork Open(string spec, DepthNetworkOptions options)
    {
        var device = ComputeDevice.Parse(options.Device);
        var at = spec.IndexOf(':', StringComparison.Ordinal);
        var (kind, argument) = at >= 0 ? (spec[..at], spec[(at + 1)..]) : (spec, null);
        return (kind, argument) switch
        {
            ("unet", null) => new UNet(options.Seed, device),
            ("unet", "residual") => new UNet(options.Seed, device, residual: true),
            ("torchscript", { Length: > 0 }) => TorchScriptNetwork.Open(spec, device, options.Registry),
            ("midas", { Length: > 0 } path) => MidasNetwork.Load(path, device),
            _ => throw new Depth3DException($"unknown depth network '{spec}'; expected {Forms}", remedy: "choose one with --network", kind: FailureKind.Usage),
        };
    }
}
