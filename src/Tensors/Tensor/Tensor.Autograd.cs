namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => LibTorch.d3t_requires_grad(H) == 1;
            set => LibTorch.Check(LibTorch.d3t_set_requires_grad(H, value ? 1 : 0));
        }

        public bool is_leaf => LibTorch.d3t_is_leaf(H) == 1;

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The gradient, or null while there is none. A new object at every read: it belongs to the reader's scope.</summary>
        public Tensor? grad
        {
            get => LibTorch.d3t_grad(H) is var native and not 0 ? new Tensor(native) : null;
            set => LibTorch.Check(LibTorch.d3t_set_grad(H, Optional(value)));
        }

        /// <summary>Adds this tensor's derivative to the gradients of the leaves it was computed from.</summary>
        public void backward(Tensor? gradient = null, bool retain_graph = false, bool create_graph = false) =>
            LibTorch.Check(LibTorch.d3t_backward(H, Optional(gradient), retain_graph ? 1 : 0, create_graph ? 1 : 0));

        public Tensor detach() => new(LibTorch.d3t_detach(H));

        public Tensor detach_() => Done(LibTorch.d3t_detach_(H));
    }
}
