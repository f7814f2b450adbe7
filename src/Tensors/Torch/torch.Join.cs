namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        fixed (nint* p = TensorList.Raw(tensors))
        {
            var result = new Tensor(LibTorch.d3t_cat(p, tensors.Count, dim));
            GC.KeepAlive(tensors);
            return result;
        }
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var raw = TensorList.Raw(tensors);
        fixed (nint* p = raw)
        {
            var result = new Tensor(LibTorch.d3t_stack(p, raw.Length, dim));
            GC.KeepAlive(tensors);
            return result;
        }
    }

    public static Tensor einsum(string equation, params IList<Tensor> tensors)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(equation + '\0');
        fixed (byte* e = text)
        fixed (nint* p = TensorList.Raw(tensors))
        {
            var result = new Tensor(LibTorch.d3t_einsum(e, p, tensors.Count));
            GC.KeepAlive(tensors);
            return result;
        }
    }
}
