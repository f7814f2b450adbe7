namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>COLMAP's lens models by their number in binary files. Only those that a pinhole can stand for are read further.</summary>
public enum ColmapLens
{
    /// <summary>f, cx, cy.</summary>
    SimplePinhole = 0,

    /// <summary>fx, fy, cx, cy.</summary>
    Pinhole = 1,

    /// <summary>f, cx, cy, k.</summary>
    SimpleRadial = 2,

    /// <summary>f, cx, cy, k1, k2.</summary>
    Radial = 3,

    /// <summary>fx, fy, cx, cy, k1, k2, p1, p2.</summary>
    OpenCv = 4,
}
