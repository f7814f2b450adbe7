using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Tells a failed allocation from every other failure of the tensor library, which says so in its text only.</summary>
public static class OutOfMemory
{
    /// <summary>Texts of LibTorch's allocators (CPU, CUDA, HIP), of cuDNN and cuBLAS, and of the C++ library.</summary>
    private static readonly string[] Texts =
    [
        "can't allocate memory", "not enough memory", "out of memory", "bad_alloc", "CUDNN_STATUS_ALLOC_FAILED", "CUBLAS_STATUS_ALLOC_FAILED",
    ];

    public static bool IsCause(Exception exception) => exception is OutOfMemoryException
        || (exception is TorchException && Array.Exists(Texts, t => exception.Message.Contains(t, StringComparison.OrdinalIgnoreCase)))
        || (exception.InnerException is { } inner && IsCause(inner));
}
