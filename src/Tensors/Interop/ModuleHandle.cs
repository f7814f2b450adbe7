using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Owns one native TorchScript module.</summary>
internal sealed class ModuleHandle : SafeHandle
{
    internal ModuleHandle(nint native) : base(0, ownsHandle: true) => SetHandle(native);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibTorch.d3t_jit_free(handle);
        return true;
    }
}
