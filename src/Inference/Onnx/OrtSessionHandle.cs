using Microsoft.Win32.SafeHandles;

namespace Depth3D.Inference.Onnx;

/// <summary>A session of ONNX Runtime. Counted: a dispose during a run takes effect when the run returns.</summary>
internal sealed unsafe class OrtSessionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public OrtSessionHandle(void* session) : base(ownsHandle: true) => SetHandle((nint)session);

    protected override bool ReleaseHandle()
    {
        OrtApi.Instance.Release(95, (void*)handle);
        return true;
    }
}
