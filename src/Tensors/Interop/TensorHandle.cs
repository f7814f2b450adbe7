using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Owns one native tensor. Calls take this object, not the pointer: the runtime counts a reference for as long as a call lasts, so
/// neither a finalizer nor another thread's Dispose can free the tensor under it.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for an optional tensor that is not given.</summary>
    internal static readonly TensorHandle None = new();

    private readonly long _pressureBytes;

    private TensorHandle() : base(0, ownsHandle: false)
    {
    }

    /// <param name="pressureBytes">
    /// Native bytes the collector is told about; 0 for tensors that a scope disposes. The collector sees a small object, so without this
    /// it never runs for forgotten tensors; with it, it runs often, so scopes go without.
    /// </param>
    internal TensorHandle(nint native, long pressureBytes) : base(0, ownsHandle: true)
    {
        SetHandle(native);
        _pressureBytes = pressureBytes;
        if (pressureBytes > 0) GC.AddMemoryPressure(pressureBytes);
    }

    public override bool IsInvalid => handle == 0;

    internal nint Raw => handle;

    protected override bool ReleaseHandle()
    {
        LibTorch.d3t_free(handle);
        if (_pressureBytes > 0) GC.RemoveMemoryPressure(_pressureBytes);
        return true;
    }
}
