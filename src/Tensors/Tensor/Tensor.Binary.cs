namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => new(LibTorch.d3t_add(H, target.H, 1));

        public Tensor add(Tensor target, Scalar alpha) => new(LibTorch.d3t_add(H, target.H, alpha));

        public Tensor add(Scalar scalar) => new(LibTorch.d3t_add_scalar(H, scalar));

        public Tensor sub(Tensor target) => new(LibTorch.d3t_sub(H, target.H, 1));

        public Tensor sub(Scalar scalar) => new(LibTorch.d3t_sub_scalar(H, scalar));

        public Tensor mul(Tensor target) => new(LibTorch.d3t_mul(H, target.H));

        public Tensor mul(Scalar scalar) => new(LibTorch.d3t_mul_scalar(H, scalar));

        public Tensor div(Tensor target) => new(LibTorch.d3t_div(H, target.H));

        public Tensor div(Scalar scalar) => new(LibTorch.d3t_div_scalar(H, scalar));

        public Tensor eq(Tensor target) => new(LibTorch.d3t_eq(H, target.H));

        public Tensor eq(Scalar scalar) => new(LibTorch.d3t_eq_scalar(H, scalar));

        public Tensor ne(Tensor target) => new(LibTorch.d3t_ne(H, target.H));

        public Tensor ne(Scalar scalar) => new(LibTorch.d3t_ne_scalar(H, scalar));

        public Tensor gt(Tensor target) => new(LibTorch.d3t_gt(H, target.H));

        public Tensor gt(Scalar scalar) => new(LibTorch.d3t_gt_scalar(H, scalar));

        public Tensor ge(Tensor target) => new(LibTorch.d3t_ge(H, target.H));

        public Tensor ge(Scalar scalar) => new(LibTorch.d3t_ge_scalar(H, scalar));

        public Tensor lt(Tensor target) => new(LibTorch.d3t_lt(H, target.H));

        public Tensor lt(Scalar scalar) => new(LibTorch.d3t_lt_scalar(H, scalar));

        public Tensor le(Tensor target) => new(LibTorch.d3t_le(H, target.H));

        public Tensor le(Scalar scalar) => new(LibTorch.d3t_le_scalar(H, scalar));

        public Tensor pow(Tensor target) => new(LibTorch.d3t_pow(H, target.H));

        public Tensor pow(Scalar scalar) => new(LibTorch.d3t_pow_scalar(H, scalar));

        public Tensor fmod(Tensor target) => new(LibTorch.d3t_fmod(H, target.H));

        public Tensor fmod(Scalar scalar) => new(LibTorch.d3t_fmod_scalar(H, scalar));

        public Tensor remainder(Tensor target) => new(LibTorch.d3t_remainder(H, target.H));

        public Tensor remainder(Scalar scalar) => new(LibTorch.d3t_remainder_scalar(H, scalar));

        public Tensor bitwise_and(Tensor target) => new(LibTorch.d3t_bitwise_and(H, target.H));

        public Tensor bitwise_and(Scalar scalar) => new(LibTorch.d3t_bitwise_and_scalar(H, scalar));

        public Tensor bitwise_or(Tensor target) => new(LibTorch.d3t_bitwise_or(H, target.H));

        public Tensor bitwise_or(Scalar scalar) => new(LibTorch.d3t_bitwise_or_scalar(H, scalar));

        public Tensor floor_divide(Tensor target) => new(LibTorch.d3t_floor_divide(H, target.H));

        public Tensor floor_divide(Scalar scalar) => new(LibTorch.d3t_floor_divide_scalar(H, scalar));

        public Tensor minimum(Tensor other) => new(LibTorch.d3t_minimum(H, other.H));

        public Tensor maximum(Tensor other) => new(LibTorch.d3t_maximum(H, other.H));

        public Tensor atan2(Tensor other) => new(LibTorch.d3t_atan2(H, other.H));

        public Tensor logical_and(Tensor other) => new(LibTorch.d3t_logical_and(H, other.H));

        public Tensor logical_or(Tensor other) => new(LibTorch.d3t_logical_or(H, other.H));

        public Tensor logical_xor(Tensor other) => new(LibTorch.d3t_logical_xor(H, other.H));

        public Tensor matmul(Tensor other) => new(LibTorch.d3t_matmul(H, other.H));

        public Tensor bmm(Tensor other) => new(LibTorch.d3t_bmm(H, other.H));

        public Tensor mm(Tensor other) => new(LibTorch.d3t_mm(H, other.H));

        public Tensor mv(Tensor other) => new(LibTorch.d3t_mv(H, other.H));

        public Tensor dot(Tensor other) => new(LibTorch.d3t_dot(H, other.H));

        public Tensor outer(Tensor other) => new(LibTorch.d3t_outer(H, other.H));

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            new(LibTorch.d3t_clamp(H, min ?? 0, min is null ? 0 : 1, max ?? 0, max is null ? 0 : 1));

        public Tensor clamp(Tensor? min, Tensor? max) => new(LibTorch.d3t_clamp_tensor(H, Optional(min), Optional(max)));

        public Tensor clamp_min(Scalar min) => clamp(min);

        public Tensor clamp_max(Scalar max) => clamp(null, (Scalar?)max);

        /// <summary>This tensor where the condition holds, the other elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => new(LibTorch.d3t_where(condition.H, H, y.H));

        public Tensor lerp(Tensor end, Tensor weight) => new(LibTorch.d3t_lerp(H, end.H, weight.H));

        public Tensor lerp(Tensor end, Scalar weight) => new(LibTorch.d3t_lerp_scalar(H, end.H, weight));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => new(LibTorch.d3t_addcmul(H, tensor1.H, tensor2.H, value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => new(LibTorch.d3t_addcdiv(H, tensor1.H, tensor2.H, value));
    }
}
