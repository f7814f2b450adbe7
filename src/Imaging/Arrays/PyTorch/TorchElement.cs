namespace Depth3D.Imaging;

/// <summary>An element type of PyTorch storages.</summary>
/// <param name="Type">As which it is handed out; bfloat16 becomes float32, which holds all of its values.</param>
/// <param name="Size">Bytes of a stored element.</param>
internal sealed record TorchElement(DType Type, int Size)
{
    /// <summary>By the names of PyTorch's storage classes.</summary>
    public static readonly IReadOnlyDictionary<string, TorchElement> ByStorageName = new Dictionary<string, TorchElement>
    {
        ["FloatStorage"] = new(DType.Float32, 4),
        ["DoubleStorage"] = new(DType.Float64, 8),
        ["HalfStorage"] = new(DType.Float16, 2),
        ["BFloat16Storage"] = new(DType.Float32, 2),
        ["LongStorage"] = new(DType.Int64, 8),
        ["IntStorage"] = new(DType.Int32, 4),
        ["ShortStorage"] = new(DType.Int16, 2),
        ["CharStorage"] = new(DType.Int8, 1),
        ["ByteStorage"] = new(DType.UInt8, 1),
        ["BoolStorage"] = new(DType.Bool, 1),
    };

    public bool IsBFloat16 => Size != DTypes.Size(Type);
}
