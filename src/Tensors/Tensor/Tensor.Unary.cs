namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor neg() => new(LibTorch.d3t_neg(H));

        public Tensor abs() => new(LibTorch.d3t_abs(H));

        public Tensor square() => new(LibTorch.d3t_square(H));

        public Tensor sqrt() => new(LibTorch.d3t_sqrt(H));

        public Tensor rsqrt() => new(LibTorch.d3t_rsqrt(H));

        public Tensor exp() => new(LibTorch.d3t_exp(H));

        public Tensor expm1() => new(LibTorch.d3t_expm1(H));

        public Tensor log() => new(LibTorch.d3t_log(H));

        public Tensor log1p() => new(LibTorch.d3t_log1p(H));

        public Tensor log2() => new(LibTorch.d3t_log2(H));

        public Tensor log10() => new(LibTorch.d3t_log10(H));

        public Tensor sin() => new(LibTorch.d3t_sin(H));

        public Tensor cos() => new(LibTorch.d3t_cos(H));

        public Tensor tan() => new(LibTorch.d3t_tan(H));

        public Tensor asin() => new(LibTorch.d3t_asin(H));

        public Tensor acos() => new(LibTorch.d3t_acos(H));

        public Tensor atan() => new(LibTorch.d3t_atan(H));

        public Tensor sinh() => new(LibTorch.d3t_sinh(H));

        public Tensor cosh() => new(LibTorch.d3t_cosh(H));

        public Tensor tanh() => new(LibTorch.d3t_tanh(H));

        public Tensor sigmoid() => new(LibTorch.d3t_sigmoid(H));

        public Tensor erf() => new(LibTorch.d3t_erf(H));

        public Tensor relu() => new(LibTorch.d3t_relu(H));

        public Tensor silu() => new(LibTorch.d3t_silu(H));

        public Tensor floor() => new(LibTorch.d3t_floor(H));

        public Tensor ceil() => new(LibTorch.d3t_ceil(H));

        public Tensor round() => new(LibTorch.d3t_round(H));

        public Tensor trunc() => new(LibTorch.d3t_trunc(H));

        public Tensor frac() => new(LibTorch.d3t_frac(H));

        public Tensor sign() => new(LibTorch.d3t_sign(H));

        public Tensor reciprocal() => new(LibTorch.d3t_reciprocal(H));

        public Tensor logical_not() => new(LibTorch.d3t_logical_not(H));

        public Tensor isnan() => new(LibTorch.d3t_isnan(H));

        public Tensor isinf() => new(LibTorch.d3t_isinf(H));

        public Tensor isfinite() => new(LibTorch.d3t_isfinite(H));

        public Tensor gelu() => new(LibTorch.d3t_gelu(H));

        public Tensor softplus(double beta = 1, double threshold = 20) => new(LibTorch.d3t_softplus(H, beta, threshold));

        public Tensor leaky_relu(double negative_slope = 0.01) => new(LibTorch.d3t_leaky_relu(H, negative_slope));

        public Tensor elu(double alpha = 1) => new(LibTorch.d3t_elu(H, alpha));

        public Tensor nan_to_num(double? nan = null, double? posinf = null, double? neginf = null) =>
            new(LibTorch.d3t_nan_to_num(H, nan ?? 0, posinf ?? float.MaxValue, neginf ?? -float.MaxValue));

        public Tensor softmax(long dim) => new(LibTorch.d3t_softmax(H, dim));

        public Tensor log_softmax(long dim) => new(LibTorch.d3t_log_softmax(H, dim));
    }
}
