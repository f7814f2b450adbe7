namespace TorchSharp;

/// <summary>Conversions that keep the static type of the module.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Moves a module to a device, in place.</summary>
    public static T to<T>(this T module, torch.Device device) where T : torch.nn.Module
    {
        module.Convert(tensor => tensor.to(device));
        return module;
    }

    /// <summary>Converts the floating-point parameters and buffers, in place.</summary>
    public static T to<T>(this T module, torch.ScalarType type) where T : torch.nn.Module
    {
        module.Convert(tensor => tensor.is_floating_point() ? tensor.to(type) : tensor);
        return module;
    }

    public static T cpu<T>(this T module) where T : torch.nn.Module => module.to(torch.CPU);

    public static T cuda<T>(this T module, int device_index = 0) where T : torch.nn.Module => module.to(new torch.Device(DeviceType.CUDA, device_index));
}
