namespace Depth3D.Reconstruction.Optimisation;

/// <summary>How the depth network's own unit becomes the clip's. Found once, on the untrained network, against the clip's prior.</summary>
public enum NetworkAlignment
{
    /// <summary>Robust scale and shift of disparity (spec 9.13): for networks that give relative disparity.</summary>
    Affine,

    /// <summary>One factor, the median ratio of disparities.</summary>
    Scale,

    /// <summary>None: cameras are in the network's unit already, as the published preparation leaves them (spec 1.4).</summary>
    None,
}
