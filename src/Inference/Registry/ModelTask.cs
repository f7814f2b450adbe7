namespace Depth3D.Inference.Registry;

/// <summary>What a model is used for.</summary>
public enum ModelTask
{
    /// <summary>One image in, relative disparity or depth out.</summary>
    Depth,

    /// <summary>One image in, class scores per pixel out.</summary>
    Segmentation,

    /// <summary>One image in, boxes with classes out.</summary>
    Detection,

    /// <summary>Two images in, optical flow out.</summary>
    Flow,
}
