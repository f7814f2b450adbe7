namespace TorchSharp;

/// <summary>One native call over all parameters, for what would otherwise be a call per parameter.</summary>
internal static unsafe class GradientLists
{
    internal static void Zero(IEnumerable<torch.Tensor> parameters, bool setToNone)
    {
        var list = parameters.ToArray();
        fixed (nint* p = TensorList.Raw(list)) LibTorch.Check(LibTorch.d3t_zero_grad(p, list.Length, setToNone ? 1 : 0));
        GC.KeepAlive(list);
    }

    internal static double ClipNorm(IEnumerable<torch.Tensor> parameters, double maxNorm, double normType)
    {
        var list = parameters.ToArray();
        double total;
        fixed (nint* p = TensorList.Raw(list)) LibTorch.Check(LibTorch.d3t_clip_grad_norm(p, list.Length, maxNorm, normType, &total));
        GC.KeepAlive(list);
        return total;
    }
}
