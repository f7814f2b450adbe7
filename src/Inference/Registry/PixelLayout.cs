namespace Depth3D.Inference.Registry;

/// <summary>Order of the axes of an image tensor: batch, channels, height, width.</summary>
public enum PixelLayout
{
    Nchw,
    Nhwc,
}
