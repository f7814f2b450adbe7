using Depth3D.Imaging.Interop;
using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// Dense inverse-search optical flow (Kroeger et al. 2016). One object serves one thread at a time; make one per thread to measure
/// several pairs side by side. The result does not depend on the machine's number of cores.
/// </summary>
public sealed unsafe class DisFlow : IDisposable
{
    private readonly DisPreset _preset;
    private nint _handle;
    private bool _started;

    public DisFlow(DisPreset preset)
    {
        _preset = preset;
        _handle = New(preset);
    }

    ~DisFlow() => Release();

    /// <summary>Flow from picture 1 to picture 2 on picture 1's grid: p2 = p1 + flow(p1).</summary>
    /// <param name="gray1">One channel, at least 12 pixels on one side.</param>
    /// <param name="initial">First guess: 2 channels (du, dv) in pixels, same size; null for none.</param>
    /// <returns>2 channels: du, dv in pixels.</returns>
    public Raster<float> Compute(Raster<byte> gray1, Raster<byte> gray2, Raster<float>? initial = null)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        CvCall.Channels(gray1, 1, "first picture");
        CvCall.Channels(gray2, 1, "second picture");
        CvCall.SameSize(gray1, gray2, "pictures");
        var flow = initial?.Clone() ?? new Raster<float>(gray1.Width, gray1.Height, 2);
        CvCall.Channels(flow, 2, "initial flow");
        CvCall.SameSize(gray1, flow, "initial flow");
        Forget(initial is not null);
        fixed (byte* a = gray1.Samples)
        fixed (byte* b = gray2.Samples)
        fixed (float* result = flow.Samples)
        {
            CvCall.Check(Cv.d3cv_dis_compute(_handle, a, b, gray1.Width, gray1.Height, initial is null ? 0 : 1, result), "DIS flow");
        }

        GC.KeepAlive(this);
        return flow;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// OpenCV's object keeps the last initial flow and starts from it again when it is given none: a call without a start needs a new object
    /// after one with a start.
    /// </summary>
    private void Forget(bool starts)
    {
        if (_started && !starts)
        {
            Release();
            _handle = New(_preset);
        }

        _started = starts;
    }

    private static nint New(DisPreset preset) => Cv.d3cv_dis_new((int)preset) is not 0 and var handle
        ? handle
        : throw new Depth3DException($"DIS flow could not be set up: {Cv.LastError}", kind: FailureKind.Transient);

    private void Release()
    {
        if (Interlocked.Exchange(ref _handle, 0) is not 0 and var handle) Cv.d3cv_dis_free(handle);
    }
}
