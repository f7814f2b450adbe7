using System.Globalization;
using Depth3D.Messages;
using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Turns the option <c>cpu</c> or <c>cuda:N</c> into a device that exists.</summary>
public static class ComputeDevice
{
    /// <exception cref="Depth3DException">The text is neither, or there is no such GPU.</exception>
    public static torch.Device Parse(string text)
    {
        if (text == "cpu") return torch.CPU;
        if (!text.StartsWith("cuda:", StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new Depth3DException($"'{text}' is not a device; expected cpu or cuda:N, e.g. cuda:0", kind: FailureKind.Usage);
        }

        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index >= count)
        {
            throw new Depth3DException($"device {text} is not available: LibTorch sees {count} CUDA devices", null,
                "use --device cpu, or run `depth3d doctor` to see which GPUs and which LibTorch were found", FailureKind.Usage);
        }

        return torch.device($"cuda:{index}");
    }
}
