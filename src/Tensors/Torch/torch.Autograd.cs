namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches gradient recording off on this thread until it is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Switches gradient recording on on this thread until it is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Sets gradient recording on this thread until it is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Whether this thread records gradients.</summary>
    public static bool is_grad_enabled() => LibTorch.d3t_grad_enabled() == 1;

    private sealed class GradMode : IDisposable
    {
        private readonly int _before = LibTorch.d3t_grad_enabled();

        internal GradMode(bool on) => LibTorch.d3t_set_grad_enabled(on ? 1 : 0);

        public void Dispose() => LibTorch.d3t_set_grad_enabled(_before);
    }

    public static unsafe class autograd
    {
        /// <summary>Derivatives of the outputs by the inputs, without touching any tensor's gradient.</summary>
        /// <param name="grad_outputs">Weights of the outputs; ones for scalars when not given.</param>
        /// <param name="allow_unused">Gives null for an input the outputs do not depend on, instead of an error.</param>
        public static IList<Tensor?> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var (from, by, weights) = (TensorList.Raw(outputs), TensorList.Raw(inputs), TensorList.Raw(grad_outputs ?? []));
            var result = new nint[by.Length];
            fixed (nint* f = from, b = by, w = weights, r = result)
            {
                LibTorch.Check(LibTorch.d3t_autograd_grad(f, from.Length, b, by.Length, w, weights.Length, retain_graph ? 1 : 0,
                    create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(result, native => native == 0 ? null : new Tensor(native));
        }
    }
}
