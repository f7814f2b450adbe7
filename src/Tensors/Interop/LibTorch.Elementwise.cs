using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Elementwise operators: the functions of native/torch/elementwise.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_neg(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_abs(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_square(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sqrt(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_rsqrt(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_exp(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_expm1(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log1p(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log2(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_log10(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sin(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_cos(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_tan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_asin(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_acos(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_atan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sinh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_cosh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_tanh(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sigmoid(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_erf(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_relu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_silu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_ceil(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_round(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_trunc(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_frac(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_sign(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_reciprocal(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_not(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isnan(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isinf(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_isfinite(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_gelu(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial nint d3t_softplus(TensorHandle a, double beta, double threshold);

    [LibraryImport(Library)]
    internal static partial nint d3t_leaky_relu(TensorHandle a, double slope);

    [LibraryImport(Library)]
    internal static partial nint d3t_elu(TensorHandle a, double alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_nan_to_num(TensorHandle a, double nan, double posinf, double neginf);

    [LibraryImport(Library)]
    internal static partial nint d3t_mul(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_mul_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_div(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_div_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_eq(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_eq_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ne(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ne_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_gt(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_gt_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ge(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_ge_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lt(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lt_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_le(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_le_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_pow(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_pow_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_fmod(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_fmod_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_remainder(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_remainder_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_and(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_and_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_or(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_bitwise_or_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor_divide(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_floor_divide_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_add(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_sub(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial nint d3t_add_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_sub_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_rsub_scalar(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_rpow_scalar(Scalar a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_minimum(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_maximum(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_atan2(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_and(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_or(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_logical_xor(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_clamp(TensorHandle a, Scalar min, int hasMin, Scalar max, int hasMax);

    [LibraryImport(Library)]
    internal static partial nint d3t_clamp_tensor(TensorHandle a, TensorHandle min, TensorHandle max);

    [LibraryImport(Library)]
    internal static partial nint d3t_where(TensorHandle condition, TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_where_ts(TensorHandle condition, TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial nint d3t_where_st(TensorHandle condition, Scalar a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial nint d3t_lerp(TensorHandle a, TensorHandle b, TensorHandle weight);

    [LibraryImport(Library)]
    internal static partial nint d3t_lerp_scalar(TensorHandle a, TensorHandle b, Scalar weight);

    [LibraryImport(Library)]
    internal static partial nint d3t_addcmul(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial nint d3t_addcdiv(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_add_(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int d3t_sub_(TensorHandle a, TensorHandle b, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int d3t_mul_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial int d3t_div_(TensorHandle a, TensorHandle b);

    [LibraryImport(Library)]
    internal static partial int d3t_add_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_sub_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_mul_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_div_scalar_(TensorHandle a, Scalar b);

    [LibraryImport(Library)]
    internal static partial int d3t_addcmul_(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_addcdiv_(TensorHandle a, TensorHandle b, TensorHandle c, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_lerp_scalar_(TensorHandle a, TensorHandle b, Scalar weight);

    [LibraryImport(Library)]
    internal static partial int d3t_clamp_(TensorHandle a, Scalar min, int hasMin, Scalar max, int hasMax);

    [LibraryImport(Library)]
    internal static partial int d3t_zero_(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_fill_(TensorHandle a, Scalar value);

    [LibraryImport(Library)]
    internal static partial int d3t_uniform_(TensorHandle a, double from, double to);

    [LibraryImport(Library)]
    internal static partial int d3t_normal_(TensorHandle a, double mean, double std);

    [LibraryImport(Library)]
    internal static partial int d3t_relu_(TensorHandle a);

    [LibraryImport(Library)]
    internal static partial int d3t_leaky_relu_(TensorHandle a, double slope);
}
