namespace TorchSharp;

/// <summary>The kind of processor a tensor lives on.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
