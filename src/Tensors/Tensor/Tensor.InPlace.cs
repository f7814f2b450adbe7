namespace TorchSharp;

public static partial class torch
{
    /// <content>Operators that change this tensor and return it.</content>
    public partial class Tensor
    {
        private Tensor Done(int status)
        {
            LibTorch.Check(status);
            return this;
        }

        public Tensor add_(Tensor target) => Done(LibTorch.d3t_add_(H, target.H, 1));

        public Tensor add_(Tensor target, Scalar alpha) => Done(LibTorch.d3t_add_(H, target.H, alpha));

        public Tensor add_(Scalar scalar) => Done(LibTorch.d3t_add_scalar_(H, scalar));

        public Tensor sub_(Tensor target) => Done(LibTorch.d3t_sub_(H, target.H, 1));

        public Tensor sub_(Scalar scalar) => Done(LibTorch.d3t_sub_scalar_(H, scalar));

        public Tensor mul_(Tensor target) => Done(LibTorch.d3t_mul_(H, target.H));

        public Tensor mul_(Scalar scalar) => Done(LibTorch.d3t_mul_scalar_(H, scalar));

        public Tensor div_(Tensor target) => Done(LibTorch.d3t_div_(H, target.H));

        public Tensor div_(Scalar scalar) => Done(LibTorch.d3t_div_scalar_(H, scalar));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(LibTorch.d3t_addcmul_(H, tensor1.H, tensor2.H, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(LibTorch.d3t_addcdiv_(H, tensor1.H, tensor2.H, value));

        public Tensor lerp_(Tensor end, Scalar weight) => Done(LibTorch.d3t_lerp_scalar_(H, end.H, weight));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Done(LibTorch.d3t_clamp_(H, min ?? 0, min is null ? 0 : 1, max ?? 0, max is null ? 0 : 1));

        public Tensor zero_() => Done(LibTorch.d3t_zero_(H));

        public Tensor fill_(Scalar value) => Done(LibTorch.d3t_fill_(H, value));

        public Tensor uniform_(double from, double to) => Done(LibTorch.d3t_uniform_(H, from, to));

        public Tensor normal_(double mean = 0, double stddev = 1) => Done(LibTorch.d3t_normal_(H, mean, stddev));

        public Tensor relu_() => Done(LibTorch.d3t_relu_(H));

        public Tensor leaky_relu_(double negative_slope = 0.01) => Done(LibTorch.d3t_leaky_relu_(H, negative_slope));

        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(LibTorch.d3t_masked_fill_(H, mask.H, value));

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(LibTorch.d3t_scatter_(H, dim, index.H, src.H));

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(LibTorch.d3t_scatter_add_(H, dim, index.H, src.H));

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Done(LibTorch.d3t_index_add_(H, dim, index.H, source.H, alpha));

        public Tensor index_add_(long dim, Tensor index, Tensor source) => index_add_(dim, index, source, 1);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Done(LibTorch.d3t_index_copy_(H, dim, index.H, source.H));
    }
}
