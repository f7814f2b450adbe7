using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>An error that ONNX Runtime reported, with its own text.</summary>
internal sealed class OrtException(int code, string text, string? where)
    : Depth3DException($"ONNX Runtime: {text} (code {code})", where, kind: FailureKind.BadInput)
{
    /// <summary>What its allocators, the C++ library and CUDA say; it has no code for it.</summary>
    private static readonly string[] MemoryTexts = ["Failed to allocate memory", "bad allocation", "bad_alloc", "out of memory", "Available memory of"];

    public bool IsOutOfMemory => Array.Exists(MemoryTexts, t => What.Contains(t, StringComparison.OrdinalIgnoreCase));

    /// <summary>2 invalid argument, 3 no such file, 6 runtime exception, 7 not a model, 9 not implemented, 10 invalid graph, 11 provider.</summary>
    public int Code { get; } = code;
}
