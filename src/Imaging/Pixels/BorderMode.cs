namespace Depth3D.Imaging;

/// <summary>What lies outside an image. The numbers are OpenCV's.</summary>
public enum BorderMode
{
    /// <summary>Zero in every channel.</summary>
    Zero = 0,

    /// <summary>The nearest edge pixel.</summary>
    Replicate = 1,

    /// <summary>Mirrored at the edge pixel's centre: dcb|abcd|cba.</summary>
    Mirror = 4,
}
