using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>ONNX Runtime's session options, freed on dispose.</summary>
internal sealed unsafe class OrtSessionOptions : IDisposable
{
    private const int OptimizeAll = 99;
    private const string CudaProvider = "libonnxruntime_providers_cuda.so";
    private readonly OrtApi _api;

    public OrtSessionOptions(OrtApi api, int threads, bool isLean = false)
    {
        _api = api;
        void* options;
        api.Check(((delegate* unmanaged<void**, void*>)api[10])(&options));
        Handle = options;
        try
        {
            SetInt(23, OptimizeAll);
            SetInt(24, threads);
            SetInt(25, 1);
            if (isLean)
            {
                Set(17); // no memory pattern
                Set(19); // no arena
            }

            // A spinning pool starves its neighbours on a shared machine, as OpenMP's active waiting does.
            Entry("session.intra_op.allow_spinning", "0");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void* Handle { get; private set; }

    /// <summary>Asks for the CUDA provider; returns why not, or null when it was appended.</summary>
    public string? TryAppendCuda(int device)
    {
        var provider = Path.Combine(Path.GetDirectoryName(_api.LibraryPath) ?? ".", CudaProvider);
        if (!File.Exists(provider)) return $"{CudaProvider} is not beside {_api.LibraryPath}";
        void* cuda = null;
        try
        {
            _api.Check(((delegate* unmanaged<void**, void*>)_api[205])(&cuda));
            var key = OrtApi.Utf8("device_id");
            var value = OrtApi.Utf8(device.ToString(CultureInfo.InvariantCulture));
            fixed (byte* k = key, v = value)
            {
                byte* keys = k, values = v;
                _api.Check(((delegate* unmanaged<void*, byte**, byte**, nuint, void*>)_api[206])(cuda, &keys, &values, 1));
            }

            _api.Check(((delegate* unmanaged<void*, void*, void*>)_api[204])(Handle, cuda));
            return null;
        }
        catch (Depth3DException e)
        {
            return e.What;
        }
        finally
        {
            _api.Release(208, cuda);
        }
    }

    public void Dispose()
    {
        _api.Release(100, Handle);
        Handle = null;
    }

    private void Set(int index) => _api.Check(((delegate* unmanaged<void*, void*>)_api[index])(Handle));

    private void SetInt(int index, int value) => _api.Check(((delegate* unmanaged<void*, int, void*>)_api[index])(Handle, value));

    private void Entry(string key, string value)
    {
        fixed (byte* k = OrtApi.Utf8(key), v = OrtApi.Utf8(value))
            _api.Check(((delegate* unmanaged<void*, byte*, byte*, void*>)_api[130])(Handle, k, v));
    }
}
