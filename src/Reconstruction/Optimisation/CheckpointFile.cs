using System.Runtime.InteropServices;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Checkpoints as safetensors files: f32 arrays, everything else in the metadata. The same checkpoint gives the same bytes.</summary>
public static class CheckpointFile
{
    public static void Write(string path, OptimiserCheckpoint checkpoint) => SafeTensors.Write(path,
        [.. checkpoint.Tensors.Select(t => (t.Name, DType.Float32, t.Shape.ToArray(),
            (ReadOnlyMemory<byte>)MemoryMarshal.AsBytes<float>(t.Values).ToArray()))],
        checkpoint.Metadata);

    /// <exception cref="Depth3DException">Missing, truncated, damaged, of another method or of a newer version.</exception>
    public static OptimiserCheckpoint Read(string path)
    {
        var file = SafeTensors.Read(path);
        return OptimiserCheckpoint.From(file.Metadata,
            [.. file.Tensors.Select(t => new CheckpointTensor(t.Key, t.Value.Shape, Values(t.Key, t.Value, path)))], path);
    }

    private static float[] Values(string name, TensorData data, string path) => data.DType == DType.Float32
        ? MemoryMarshal.Cast<byte, float>(data.Bytes.Span).ToArray()
        : throw new Depth3DException($"array '{name}' is {data.DType}; expected Float32", path);
}
