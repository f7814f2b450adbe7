namespace Depth3D.Inference.Registry;

/// <summary>What the numbers of a model's output mean.</summary>
public enum OutputKind
{
    /// <summary>Relative inverse depth: larger is nearer, unknown scale and shift.</summary>
    Disparity,

    /// <summary>Depth z: larger is farther, positive.</summary>
    Depth,

    /// <summary>Unnormalised class scores [1, classes, H, W]; softmax over classes gives probabilities.</summary>
    Logits,

    /// <summary>FastestDet's cells [1, 5 + classes, H, W]: objectness, box offsets and sizes, class probabilities.</summary>
    FastestDetCells,

    /// <summary>Optical flow [1, 2, H, W] from the first to the second image, in input pixels.</summary>
    Flow,
}
