namespace Depth3D.Reconstruction.Optimisation;

/// <summary>What one step of the network method looks at.</summary>
public enum PairBatching
{
    /// <summary>A frame with all its targets: one unroll, one depth pass per frame (spec 9.1). Per-pair losses are those of single pairs.</summary>
    Frame,

    /// <summary>One pair of frames, as published.</summary>
    Pair,
}
