namespace Depth3D.Imaging;

/// <summary>The content of a safetensors file.</summary>
public sealed record SafeTensorsFile(IReadOnlyDictionary<string, TensorData> Tensors, IReadOnlyDictionary<string, string> Metadata);
