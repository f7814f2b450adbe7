using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>
/// Weights from PyTorch's zip files (<c>torch.save</c> since 1.6): a dictionary of tensors, or one under <c>model</c> or
/// <c>state_dict</c> beside other training state. Nothing in the file is executed: its pickle may only build tensors, numbers, texts and
/// containers, and one that asks for anything else is refused by name.
/// </summary>
public static class TorchCheckpoint
{
    /// <summary>Non-contiguous and widened tensors are copies; together they may take this many times the file's size.</summary>
    private const int MaxCopies = 4;
    private static readonly string[] Nested = ["model", "state_dict"];

    /// <summary>Tensors in the file's order. Non-contiguous views come in row-major order, bfloat16 as float32.</summary>
    /// <exception cref="Depth3DException">
    /// Missing, truncated, lying about sizes, in the format from before 1.6, a TorchScript program, or with code in its pickle.
    /// </exception>
    public static IReadOnlyDictionary<string, TensorData> Read(string path) => TorchArchive.Use(path, archive =>
    {
        if (archive.IsProgram)
        {
            throw new Depth3DException("a TorchScript program, weights alone were expected", path,
                "use it as torchscript:PATH, or save its weights: torch.save(module.state_dict(), FILE)");
        }

        var storages = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var copied = 0L;
        var tensors = new OrderedDictionary<string, TensorData>(StringComparer.Ordinal);
        foreach (var (key, value) in States(archive.Unpickle("data.pkl"), path).Entries)
        {
            if (value is not TorchView view) throw new Depth3DException($"entry '{key}' is no tensor", path, "save the weights alone: torch.save(model.state_dict(), FILE)");
            if ((!view.IsContiguous || view.Storage.Element.IsBFloat16) && (copied += view.Count * DTypes.Size(view.Storage.Element.Type)) > MaxCopies * archive.Bytes)
                throw new Depth3DException($"its tensors share storages so that they need more than {MaxCopies} times the file's size", path, "the file is hostile");
            if (!storages.TryGetValue(view.Storage.Entry, out var bytes)) storages[view.Storage.Entry] = bytes = archive.Storage(view.Storage);
            tensors.Add($"{key}", new TensorData(view.Storage.Element.Type, view.Shape, view.Bytes(bytes)));
        }

        return (IReadOnlyDictionary<string, TensorData>)tensors;
    });

    private static PickleDictionary States(object? root, string path)
    {
        if (root is not PickleDictionary dictionary) throw new Depth3DException("its content is no dictionary of tensors", path, "save the weights: torch.save(model.state_dict(), FILE)");
        foreach (var key in Nested)
            if (dictionary[key] is PickleDictionary inner) return inner;
        return dictionary;
    }
}
