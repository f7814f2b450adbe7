using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Tensors;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>Weights of networks in files: safetensors, read and written; PyTorch's zip files, read without executing anything in them.</summary>
public static class WeightFile
{
    /// <summary>Counters that take no part in evaluation, which older files lack.</summary>
    private const string Optional = MidasArrays.BatchCount;

    /// <summary>The arrays of a file, whose format is told by its first bytes.</summary>
    /// <exception cref="Depth3DException">Missing, damaged, or with code in it.</exception>
    public static IReadOnlyDictionary<string, TensorData> Read(string path) =>
        IsSafeTensors(path) ? SafeTensors.Read(path).Tensors : TorchCheckpoint.Read(path);

    /// <summary>Writes all weights of a network as safetensors.</summary>
    public static void Save(IDepthNetwork network, string path) => SafeTensors.Write(path,
        [.. network.Weights.Select(w => (w.Name, (DType)w.Value.dtype, w.Value.shape, (ReadOnlyMemory<byte>)w.Value.detach().ToBytes()))],
        new Dictionary<string, string> { ["network"] = network.Name });

    /// <summary>Reads the weights of a network of the same kind back.</summary>
    /// <exception cref="Depth3DException">An array is missing, of another shape, or unknown to the network. Nothing was changed.</exception>
    public static void Load(IDepthNetwork network, string path) => CopyInto(network.Weights, Read(path), path);

    /// <summary>Copies arrays into tensors by name; the names must be the same on both sides.</summary>
    internal static void CopyInto(IReadOnlyList<(string Name, Tensor Value)> weights, IReadOnlyDictionary<string, TensorData> arrays, string path)
    {
        foreach (var (name, value) in weights)
        {
            if (!arrays.TryGetValue(name, out var array))
            {
                if (name.EndsWith(Optional, StringComparison.Ordinal)) continue;
                throw Unfit($"array '{name}' {Shape(value.shape)} is missing", path);
            }

            if (!array.Shape.SequenceEqual(value.shape)) throw Unfit($"array '{name}' has shape {Shape(array.Shape)}, expected {Shape(value.shape)}", path);
            if (array.DType > DType.Bool) throw Unfit($"array '{name}' holds {array.DType}", path);
        }

        var known = weights.Select(w => w.Name).ToHashSet(StringComparer.Ordinal);
        if (arrays.Keys.FirstOrDefault(name => !known.Contains(name)) is { } extra) throw Unfit($"array '{extra}' {Shape(arrays[extra].Shape)} is none of this network's", path);
        using var off = no_grad();
        foreach (var (name, value) in weights)
        {
            if (!arrays.TryGetValue(name, out var array)) continue;
            using var source = TensorBytes.FromBytes(array.Bytes.Span, (ScalarType)array.DType, array.Shape);
            value.copy_(source);
        }
    }

    private static bool IsSafeTensors(string path)
    {
        if (!File.Exists(path)) throw new Depth3DException("there is no such weight file", path, "check the path");
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[9];
        return file.ReadAtLeast(start, 9, throwOnEndOfStream: false) == 9 && start[8] == (byte)'{';
    }

    private static string Shape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    private static Depth3DException Unfit(string what, string path) => new(what, path, "give the weight file of this very network");
}
