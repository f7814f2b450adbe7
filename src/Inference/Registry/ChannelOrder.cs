namespace Depth3D.Inference.Registry;

/// <summary>Order of the colour channels a model was trained with.</summary>
public enum ChannelOrder
{
    Rgb,
    Bgr,
}
