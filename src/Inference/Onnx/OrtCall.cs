using System.Buffers;
using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>One run of a session: pins the inputs until it has returned, copies the outputs, frees everything on failure too.</summary>
internal sealed unsafe class OrtCall : IDisposable
{
    private readonly OrtApi _api;
    private readonly string _modelName;
    private readonly List<(MemoryHandle Name, MemoryHandle Data, nint Value)> _inputs = [];
    private readonly void* _runOptions;
    private readonly CancellationTokenRegistration _cancel;

    public OrtCall(OrtApi api, string modelName, CancellationToken cancellation)
    {
        (_api, _modelName) = (api, modelName);
        if (!cancellation.CanBeCanceled) return;
        void* options;
        _api.Check(((delegate* unmanaged<void**, void*>)_api[39])(&options));
        _runOptions = options;
        _cancel = cancellation.Register(() => _api.Check(((delegate* unmanaged<void*, void*>)_api[46])(_runOptions)));
    }

    public void Add(OnnxValueInfo info, OnnxTensor tensor)
    {
        var data = tensor.Values.AsMemory().Pin();
        var name = OrtApi.Utf8(info.Name).AsMemory().Pin();
        nint value = 0;
        try
        {
            var shape = tensor.Shape.ToArray();
            void* created;
            fixed (long* extents = shape)
            {
                _api.Check(((delegate* unmanaged<void*, void*, nuint, long*, nuint, int, void**, void*>)_api[49])(
                    _api.CpuMemory, data.Pointer, (nuint)tensor.Values.Length * sizeof(float), extents, (nuint)shape.Length,
                    (int)OnnxElementType.Float32, &created), _modelName);
            }

            value = (nint)created;
        }
        finally
        {
            _inputs.Add((name, data, value));
        }
    }

    public IReadOnlyDictionary<string, OnnxTensor> Run(void* session, IReadOnlyList<OnnxValueInfo> outputs)
    {
        var inputNames = stackalloc byte*[_inputs.Count];
        var inputValues = stackalloc void*[_inputs.Count];
        for (var i = 0; i < _inputs.Count; i++)
        {
            inputNames[i] = (byte*)_inputs[i].Name.Pointer;
            inputValues[i] = (void*)_inputs[i].Value;
        }

        var outputNames = stackalloc byte*[outputs.Count];
        var results = stackalloc void*[outputs.Count];
        var pins = new MemoryHandle[outputs.Count];
        try
        {
            for (var i = 0; i < outputs.Count; i++)
            {
                pins[i] = OrtApi.Utf8(outputs[i].Name).AsMemory().Pin();
                outputNames[i] = (byte*)pins[i].Pointer;
                results[i] = null;
            }

            _api.Check(((delegate* unmanaged<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_api[9])(
                session, _runOptions, inputNames, inputValues, (nuint)_inputs.Count, outputNames, (nuint)outputs.Count, results), _modelName);
            var tensors = new Dictionary<string, OnnxTensor>(outputs.Count);
            for (var i = 0; i < outputs.Count; i++) tensors[outputs[i].Name] = Copy(results[i], outputs[i].Name);
            return tensors;
        }
        finally
        {
            for (var i = 0; i < outputs.Count; i++)
            {
                _api.Release(96, results[i]);
                pins[i].Dispose();
            }
        }
    }

    public void Dispose()
    {
        _cancel.Dispose(); // waits for a running callback, so the options outlive it
        _api.Release(97, _runOptions);
        foreach (var (name, data, value) in _inputs)
        {
            _api.Release(96, (void*)value);
            data.Dispose();
            name.Dispose();
        }

        _inputs.Clear();
    }

    public static OnnxElementType ElementType(OrtApi api, void* tensorInfo)
    {
        int type;
        api.Check(((delegate* unmanaged<void*, int*, void*>)api[60])(tensorInfo, &type));
        return (OnnxElementType)type;
    }

    public static long[] Shape(OrtApi api, void* tensorInfo)
    {
        nuint rank;
        api.Check(((delegate* unmanaged<void*, nuint*, void*>)api[61])(tensorInfo, &rank));
        var shape = new long[(int)rank];
        fixed (long* extents = shape)
            api.Check(((delegate* unmanaged<void*, long*, nuint, void*>)api[62])(tensorInfo, extents, rank));
        return shape;
    }

    private OnnxTensor Copy(void* value, string name)
    {
        void* info, data;
        _api.Check(((delegate* unmanaged<void*, void**, void*>)_api[65])(value, &info), _modelName);
        try
        {
            var shape = Shape(_api, info);
            var count = OnnxTensor.ElementCount(shape);
            if (count > Array.MaxLength) throw new Depth3DException($"output {name} has {count} values, more than can be held", _modelName);
            _api.Check(((delegate* unmanaged<void*, void**, void*>)_api[51])(value, &data), _modelName);
            return new OnnxTensor(ToFloats(ElementType(_api, info), data, (int)count, name), shape);
        }
        finally
        {
            _api.Release(99, info);
        }
    }

    private float[] ToFloats(OnnxElementType type, void* data, int count, string name) => type switch
    {
        OnnxElementType.Float32 => new ReadOnlySpan<float>(data, count).ToArray(),
        OnnxElementType.Float64 => Convert<double>(data, count, static v => (float)v),
        OnnxElementType.Float16 => Convert<Half>(data, count, static v => (float)v),
        OnnxElementType.Int64 => Convert<long>(data, count, static v => v),
        OnnxElementType.Int32 => Convert<int>(data, count, static v => v),
        OnnxElementType.UInt8 or OnnxElementType.Boolean => Convert<byte>(data, count, static v => v),
        _ => throw new Depth3DException($"output {name} holds {type}, which is not read here", _modelName),
    };

    private static float[] Convert<T>(void* data, int count, Func<T, float> convert) where T : unmanaged
    {
        var source = new ReadOnlySpan<T>(data, count);
        var result = new float[count];
        for (var i = 0; i < count; i++) result[i] = convert(source[i]);
        return result;
    }
}
