using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Inference;

/// <summary>How a model is run.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>Threads inside one operator; 0 takes OMP_NUM_THREADS, or the number of cores.</summary>
    public int Threads { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>. CUDA falls back to the CPU with a warning when its libraries are missing.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Gives memory back after every run instead of keeping it for the next: slower, with the same result.</summary>
    public bool IsLean { get; init; }

    internal int EffectiveThreads => Threads > 0 ? Threads
        : int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), CultureInfo.InvariantCulture, out var n) && n > 0 ? n
        : Environment.ProcessorCount;

    /// <summary>Number of the CUDA device, or null for the CPU.</summary>
    /// <exception cref="Depth3DException">The device is neither.</exception>
    internal int? CudaDevice()
    {
        if (Device == "cpu") return null;
        if (Device == "cuda") return 0;
        if (Device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(Device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return n;
        throw new Depth3DException($"'{Device}' is no device: expected cpu or cuda:N", kind: FailureKind.Usage);
    }
}
