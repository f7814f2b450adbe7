using Depth3D.Inference.Onnx;
using Depth3D.Messages;

namespace Depth3D.Inference;

/// <summary>
/// A model ready to run. Runs may happen on several threads at once. Errors are
/// <see cref="Depth3DException"/> with ONNX Runtime's text and the model's name.
/// </summary>
public sealed unsafe class OnnxSession : IDisposable
{
    private readonly OrtApi _api;
    private readonly OrtSessionHandle _session;

    private OnnxSession(OrtApi api, OrtSessionHandle session, string modelName, string provider, IReadOnlyList<string> warnings)
    {
        (_api, _session, ModelName, Provider, Warnings) = (api, session, modelName, provider, warnings);
        var handle = (void*)session.DangerousGetHandle();
        Inputs = Describe(handle, countIndex: 30, nameIndex: 36, typeIndex: 33);
        Outputs = Describe(handle, countIndex: 31, nameIndex: 37, typeIndex: 34);
    }

    /// <summary>For messages.</summary>
    public string ModelName { get; }

    /// <summary><c>CPU</c> or <c>CUDA</c>: what it really runs on.</summary>
    public string Provider { get; }

    /// <summary>Sentences for people, such as why CUDA was not used.</summary>
    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<OnnxValueInfo> Inputs { get; }

    public IReadOnlyList<OnnxValueInfo> Outputs { get; }

    /// <summary>Loads a model file. Weights outside the file are refused, see <see cref="OnnxModelFile"/>.</summary>
    /// <exception cref="Depth3DException">The file is missing or no model, or ONNX Runtime is not installed.</exception>
    public static OnnxSession Open(string path, OnnxSessionOptions? options = null) =>
        FromBytes(OnnxModelFile.Read(path).Bytes, path, options);

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">Content of an .onnx file.</param>
    /// <param name="modelName">For messages.</param>
    /// <exception cref="Depth3DException">It is no model, or ONNX Runtime is not installed.</exception>
    public static OnnxSession FromBytes(ReadOnlySpan<byte> model, string modelName, OnnxSessionOptions? options = null)
    {
        options ??= new();
        if (model.IsEmpty) throw new Depth3DException("the ONNX model is empty", modelName, "give a file that was exported as .onnx");
        var warnings = new List<string>();
        var cuda = options.CudaDevice();
        var api = OrtApi.Instance;
        if (cuda is { } device)
        {
            if (TryCreateOnCuda(api, model, modelName, options, device, out var problem) is { } onCuda)
                return Wrap(api, onCuda, modelName, "CUDA", warnings);
            warnings.Add($"{modelName} runs on the CPU: CUDA is not usable for ONNX models: {problem}");
        }

        using var native = new OrtSessionOptions(api, options.EffectiveThreads, options.IsLean);
        return Wrap(api, Create(api, model, modelName, native), modelName, "CPU", warnings);
    }

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">Every input by name.</param>
    /// <returns>Every output by name, whatever its element type was, as floats.</returns>
    /// <exception cref="Depth3DException">An input is missing, unknown or of the wrong shape, or the run fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run ends between two operators.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public IReadOnlyDictionary<string, OnnxTensor> Run(IReadOnlyDictionary<string, OnnxTensor> inputs, CancellationToken cancellation = default)
    {
        CheckInputs(inputs);
        ObjectDisposedException.ThrowIf(_session.IsClosed, this);
        cancellation.ThrowIfCancellationRequested();
        var held = false;
        try
        {
            _session.DangerousAddRef(ref held);
            using var call = new OrtCall(_api, ModelName, cancellation);
            foreach (var info in Inputs) call.Add(info, inputs[info.Name]);
            return call.Run((void*)_session.DangerousGetHandle(), Outputs);
        }
        catch (OrtException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            if (held) _session.DangerousRelease();
        }
    }

    /// <summary>Runs a model that has one input.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Run(OnnxTensor input, CancellationToken cancellation = default) =>
        Run(new Dictionary<string, OnnxTensor> { [Inputs[0].Name] = input }, cancellation);

    public void Dispose() => _session.Dispose();

    private static OnnxSession Wrap(OrtApi api, OrtSessionHandle session, string name, string provider, IReadOnlyList<string> warnings)
    {
        try
        {
            return new OnnxSession(api, session, name, provider, warnings);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static OrtSessionHandle? TryCreateOnCuda(OrtApi api, ReadOnlySpan<byte> model, string name, OnnxSessionOptions options,
        int device, out string? problem)
    {
        using var native = new OrtSessionOptions(api, options.EffectiveThreads, options.IsLean);
        problem = native.TryAppendCuda(device);
        if (problem is not null) return null;
        try
        {
            return Create(api, model, name, native);
        }
        catch (OrtException e)
        {
            problem = e.What;
            return null;
        }
    }

    private static OrtSessionHandle Create(OrtApi api, ReadOnlySpan<byte> model, string name, OrtSessionOptions options)
    {
        void* session;
        fixed (byte* bytes = model)
        {
            api.Check(((delegate* unmanaged<void*, byte*, nuint, void*, void**, void*>)api[8])(
                api.Environment, bytes, (nuint)model.Length, options.Handle, &session), name);
        }

        return new OrtSessionHandle(session);
    }

    private OnnxValueInfo[] Describe(void* session, int countIndex, int nameIndex, int typeIndex)
    {
        nuint count;
        _api.Check(((delegate* unmanaged<void*, nuint*, void*>)_api[countIndex])(session, &count), ModelName);
        var infos = new OnnxValueInfo[(int)count];
        for (nuint i = 0; i < count; i++)
        {
            var name = _api.SessionName(nameIndex, session, i);
            void* type, tensor;
            _api.Check(((delegate* unmanaged<void*, nuint, void**, void*>)_api[typeIndex])(session, i, &type), ModelName);
            try
            {
                _api.Check(((delegate* unmanaged<void*, void**, void*>)_api[55])(type, &tensor), ModelName);
                infos[(int)i] = tensor is null
                    ? new OnnxValueInfo(name, OnnxElementType.Undefined, [])
                    : new OnnxValueInfo(name, OrtCall.ElementType(_api, tensor), OrtCall.Shape(_api, tensor));
            }
            finally
            {
                _api.Release(98, type);
            }
        }

        return infos;
    }

    private void CheckInputs(IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        foreach (var info in Inputs)
        {
            if (!inputs.TryGetValue(info.Name, out var tensor)) throw Wrong($"input {info} was not given");
            if (info.ElementType != OnnxElementType.Float32) throw Wrong($"input {info} is not float32, which is all that can be fed");
            if (!info.Accepts(tensor.Shape)) throw Wrong($"expected input {info}, got {tensor}");
        }

        if (inputs.Count == Inputs.Count) return;
        var unknown = inputs.Keys.First(name => Inputs.All(info => info.Name != name));
        throw Wrong($"it has no input '{unknown}', only {string.Join("; ", Inputs)}");
    }

    private Depth3DException Wrong(string what) =>
        new(what, ModelName, "check the model's card: input name, width, height, layout");
}
