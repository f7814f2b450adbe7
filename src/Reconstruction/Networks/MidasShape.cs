namespace Depth3D.Reconstruction.Networks;

/// <summary>Sizes of a network of the MiDaS v2 family (spec 2.1). The default is MiDaS v2.1: ResNeXt-101 32x8d and 256 fused channels.</summary>
public sealed record MidasShape
{
    /// <summary>Bottlenecks of the encoder's four stages.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 23, 3];

    /// <summary>Groups of the 3x3 convolutions.</summary>
    public int Groups { get; init; } = 32;

    /// <summary>Channels of the first convolution, and planes of the first stage; stage k has 2^k times as many.</summary>
    public int Planes { get; init; } = 64;

    /// <summary>Channels of a 3x3 convolution per plane.</summary>
    public int Width { get; init; } = 4;

    /// <summary>Channels of the adapters and the fusion.</summary>
    public int Features { get; init; } = 256;

    /// <summary>Channels of the head's second convolution.</summary>
    public int HeadFeatures { get; init; } = 32;

    /// <summary>Output channels per plane, a constant of bottleneck networks (He et al. 2015).</summary>
    internal const int Expansion = 4;

    internal int StageOutput(int stage) => (Planes << stage) * Expansion;
}
