namespace TorchSharp;

/// <summary>Tensor lists at the border. The caller keeps the list alive (<see cref="GC.KeepAlive"/>) until the native call is over.</summary>
internal static class TensorList
{
    internal static nint[] Raw(IEnumerable<torch.Tensor> tensors)
    {
        var result = new nint[tensors is ICollection<torch.Tensor> known ? known.Count : tensors.Count()];
        var i = 0;
        foreach (var tensor in tensors) result[i++] = tensor.Handle;
        return result;
    }

    internal static torch.Tensor[] Own(ReadOnlySpan<nint> native)
    {
        var result = new torch.Tensor[native.Length];
        for (var i = 0; i < native.Length; ++i) result[i] = new torch.Tensor(native[i]);
        return result;
    }
}
