using Depth3D.Inference.Registry;

namespace Depth3D.Reconstruction.Networks;

/// <summary>What <see cref="DepthNetworks.Open"/> needs beside the network's name.</summary>
public sealed record DepthNetworkOptions
{
    /// <summary>Of the initial weights of a network without pre-trained ones.</summary>
    public int Seed { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Where models with a name are looked for; null for this machine's.</summary>
    public ModelRegistry? Registry { get; init; }
}
